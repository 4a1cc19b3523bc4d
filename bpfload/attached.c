// SPDX-License-Identifier: Apache-2.0
#include "attached.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "namespace.h"

/* Of enum bpf_attach_type and of linux/bpf.h, as headers before Linux 6.6 do not have them. */
enum {
	tcx_ingress = 46,
	tcx_egress = 47,
	before_others = 1 << 3
};

struct hook {
	const char *name;
	bool is_filter;
	bool is_egress;
	/* Of a link. */
	int type;
	uint32_t flags;
};

static const struct hook hooks[] = {
	{ .name = "tc/ingress", .is_filter = true },
	{ .name = "tc/egress", .is_filter = true, .is_egress = true },
	{ .name = "tcx/ingress", .type = tcx_ingress, .flags = before_others },
	{ .name = "tcx/egress", .type = tcx_egress, .flags = before_others },
	{ .name = "xdp/generic", .type = BPF_XDP, .flags = XDP_FLAGS_SKB_MODE },
	{ .name = "xdp/native", .type = BPF_XDP, .flags = XDP_FLAGS_DRV_MODE },
};

static bool detach_filter(const struct attached *one, struct failure *failure)
{
	int own_namespace;
	bool is_detached;

	if (!enter_namespace(one->namespace, &own_namespace, failure))
		return false;
	is_detached = filter_detach(&one->filter, failure);
	leave_namespace(own_namespace);
	return is_detached;
}

bool detach(struct attached *one, struct failure *failure)
{
	bool is_detached = true;

	if (one->namespace)
		is_detached = detach_filter(one, failure);
	else
		close(one->link);
	free(one->namespace);
	return is_detached;
}

static const struct hook *find_hook(const char *name)
{
	for (size_t i = 0; i < sizeof(hooks) / sizeof(*hooks); i++)
		if (strcmp(hooks[i].name, name) == 0)
			return &hooks[i];
	return NULL;
}

static bool attach_link(struct attached *one, const struct hook *hook, int interface, int program,
			struct failure *failure)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .flags = hook->flags);

	one->link = bpf_link_create(program, interface, hook->type, &options);
	return one->link >= 0 || fail(failure, "%s", strerror(-one->link));
}

static bool attach_filter(struct attached *one, const struct hook *hook, json_t *order, int program,
			  struct failure *failure)
{
	const char *namespace;
	int preference, handle, owns_qdisc;

	if (json_unpack(order, "{s:s, s:{s:i, s:i, s:b}}", "namespace", &namespace, "filter",
			"preference", &preference, "handle", &handle, "ownsQdisc", &owns_qdisc))
		return fail(failure, "the order has no place for the filter");
	one->filter.is_egress = hook->is_egress;
	one->filter.preference = (uint32_t)preference;
	one->filter.handle = (uint32_t)handle;
	one->filter.owns_qdisc = owns_qdisc;
	if (!filter_attach(&one->filter, program, failure))
		return false;
	one->namespace = strdup(namespace);
	return true;
}

static bool attach_here(json_t *order, const struct hook *hook, const char *device, const char *pin,
			struct attached *one, struct failure *failure)
{
	int program = bpf_obj_get(pin), interface = (int)if_nametoindex(device);
	bool is_attached;

	*one = (struct attached){ .filter.interface = interface };
	if (program < 0)
		return fail(failure, "no program is pinned at %s", pin);
	if (!interface)
		is_attached = fail(failure, "%s", strerror(ENODEV));
	else if (hook->is_filter)
		is_attached = attach_filter(one, hook, order, program, failure);
	else
		is_attached = attach_link(one, hook, interface, program, failure);
	close(program);
	return is_attached;
}

bool attach(json_t *order, struct attached *one, struct failure *failure)
{
	const char *namespace, *device, *hook_name, *pin;
	const struct hook *hook;
	int own_namespace;
	bool is_attached;

	if (json_unpack(order, "{s:s, s:s, s:s, s:s}", "namespace", &namespace, "device", &device,
			"hook", &hook_name, "pin", &pin))
		return fail(failure, "the order is none");
	hook = find_hook(hook_name);
	if (!hook)
		return fail(failure, "no program can be attached at %s for a while", hook_name);
	if (!enter_namespace(namespace, &own_namespace, failure))
		return false;
	is_attached = attach_here(order, hook, device, pin, one, failure);
	leave_namespace(own_namespace);
	return is_attached;
}
