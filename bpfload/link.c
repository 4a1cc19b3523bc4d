// SPDX-License-Identifier: Apache-2.0
#include "link.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"

int create_link(const char *device, struct link_place place, const char *pin,
		struct failure *failure)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = place.flags);
	int program = bpf_obj_get(pin);
	int number = (int)if_nametoindex(device);
	int link;

	if (program < 0) {
		fail(failure, "no program is pinned at %s", pin);
		return -1;
	}
	link = number ? bpf_link_create(program, number, place.type, &options) : -ENODEV;
	close(program);
	if (link >= 0)
		return link;
	fail(failure, "%s", strerror(-link));
	return -1;
}

int pin_link(const char *device, const char *type, const char *pin, const char *link_pin)
{
	struct link_place place = { .type = atoi(type) };
	struct failure failure = { 0 };
	char folder[4096];
	int link = create_link(device, place, pin, &failure);
	const char *end = strrchr(link_pin, '/');

	snprintf(folder, sizeof(folder), "%.*s", (int)(end ? end - link_pin : 0), link_pin);
	if (link >= 0 && make_folder(folder, &failure) && bpf_obj_pin(link, link_pin) != 0)
		fail(&failure, "could not pin the link at %s: %s", link_pin, strerror(errno));
	if (!failure.message[0])
		return EXIT_SUCCESS;
	fprintf(stderr, "%s\n", failure.message);
	return EXIT_FAILURE;
}
