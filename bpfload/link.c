// SPDX-License-Identifier: Apache-2.0
#include "link.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"

/* The number of a device, or a descriptor of the cgroup that a path leads to; below 0 where there is none. */
static int open_target(const char *target)
{
	int number;

	if (strchr(target, '/'))
		return open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	number = (int)if_nametoindex(target);
	return number ? number : -1;
}

int create_link(const char *target, struct link_place place, const char *pin,
		struct failure *failure)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = place.flags);
	int program = bpf_obj_get(pin);
	int opened = open_target(target);
	int link;

	if (program < 0) {
		fail(failure, "no program is pinned at %s", pin);
		return -1;
	}
	link = opened >= 0 ? bpf_link_create(program, opened, place.type, &options) : -ENODEV;
	close(program);
	if (opened >= 0 && strchr(target, '/'))
		close(opened);
	if (link >= 0)
		return link;
	fail(failure, "%s", strerror(-link));
	return -1;
}

int pin_link(const char *target, const char *type, const char *pin, const char *link_pin)
{
	struct link_place place = { .type = atoi(type) };
	struct failure failure = { 0 };
	char folder[4096];
	int link = create_link(target, place, pin, &failure);
	const char *end = strrchr(link_pin, '/');

	snprintf(folder, sizeof(folder), "%.*s", (int)(end ? end - link_pin : 0), link_pin);
	if (link >= 0 && make_folder(folder, &failure) && bpf_obj_pin(link, link_pin) != 0)
		fail(&failure, "could not pin the link at %s: %s", link_pin, strerror(errno));
	if (!failure.message[0])
		return EXIT_SUCCESS;
	fprintf(stderr, "%s\n", failure.message);
	return EXIT_FAILURE;
}
