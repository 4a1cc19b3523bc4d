// SPDX-License-Identifier: Apache-2.0
#include "hold.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <jansson.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"
#include "namespace.h"

/* A path has at most as many. */
#define LINKS_MAX 256

/* Of enum bpf_attach_type and of linux/bpf.h, as headers before Linux 6.6 do not have them. */
enum {
	tcx_ingress = 46,
	tcx_egress = 47,
	before_others = 1 << 3
};

struct hook {
	const char *name;
	int type;
	uint32_t flags;
};

static const struct hook hooks[] = {
	{ "tc/ingress", tcx_ingress, before_others },
	{ "tc/egress", tcx_egress, before_others },
	{ "xdp/generic", BPF_XDP, XDP_FLAGS_SKB_MODE },
	{ "xdp/native", BPF_XDP, XDP_FLAGS_DRV_MODE },
};

static int links[LINKS_MAX];
static size_t link_count;

static void detach_all(void)
{
	while (link_count > 0)
		close(links[--link_count]);
}

static const struct hook *find_hook(const char *name)
{
	for (size_t i = 0; i < sizeof(hooks) / sizeof(*hooks); i++)
		if (strcmp(hooks[i].name, name) == 0)
			return &hooks[i];
	return NULL;
}

static bool attach_here(const char *device, const struct hook *hook, const char *pin,
			struct failure *failure)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = hook->flags);
	int program = bpf_obj_get(pin);
	int number = (int)if_nametoindex(device);
	int link;

	if (program < 0)
		return fail(failure, "no program is pinned at %s", pin);
	link = number ? bpf_link_create(program, number, hook->type, &options) : -ENODEV;
	close(program);
	if (link < 0)
		return fail(failure, "%s", strerror(-link));
	links[link_count++] = link;
	return true;
}

static bool attach_one(json_t *order, struct failure *failure)
{
	const char *namespace, *device, *hook_name, *pin;
	const struct hook *hook;
	int own_namespace;
	bool is_attached;

	if (json_unpack(order, "{s:s, s:s, s:s, s:s}", "namespace", &namespace, "device", &device,
			"hook", &hook_name, "pin", &pin))
		return fail(failure, "the order is none");
	hook = find_hook(hook_name);
	if (!hook || link_count == LINKS_MAX)
		return fail(failure, "no program can be attached at %s by a link", hook_name);
	if (!enter_namespace(namespace, &own_namespace, failure))
		return false;
	is_attached = attach_here(device, hook, pin, failure);
	leave_namespace(own_namespace);
	return is_attached;
}

/* From the last to the first, as each goes before what is there. */
static json_t *attach(json_t *orders)
{
	for (size_t i = json_array_size(orders); i > 0; i--) {
		struct failure failure = { 0 };

		if (!attach_one(json_array_get(orders, i - 1), &failure)) {
			detach_all();
			return json_pack("{s:s, s:I}", "error", failure.message, "index",
					 (json_int_t)(i - 1));
		}
	}
	return json_pack("{s:b}", "attached", 1);
}

static json_t *carry_out(json_t *order)
{
	json_t *orders = json_object_get(order, "attach");

	if (orders)
		return attach(orders);
	detach_all();
	return json_pack("{s:b}", "detached", 1);
}

int hold(void)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		json_t *order = json_loads(line, 0, NULL), *answer;

		if (!order)
			break;
		answer = carry_out(order);
		json_dumpf(answer, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		json_decref(answer);
		json_decref(order);
	}
	free(line);
	detach_all();
	return EXIT_SUCCESS;
}
