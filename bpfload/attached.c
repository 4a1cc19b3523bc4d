// SPDX-License-Identifier: Apache-2.0
#include "attached.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <net/if.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "link.h"
#include "namespace.h"

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

static bool attach_by_link(json_t *how, const char *device, const char *pin, struct attached *one,
			   struct failure *failure)
{
	struct link_place place;
	int flags;

	if (json_unpack(how, "{s:i, s:i}", "type", &place.type, "flags", &flags))
		return fail(failure, "the order has no place for the link");
	place.flags = (uint32_t)flags;
	one->link = create_link(device, place, pin, failure);
	return one->link >= 0;
}

static bool read_filter(json_t *how, const char *device, struct filter *filter,
			struct failure *failure)
{
	int is_egress, preference, handle, owns_qdisc;

	if (json_unpack(how, "{s:b, s:i, s:i, s:b}", "isEgress", &is_egress, "preference",
			&preference, "handle", &handle, "ownsQdisc", &owns_qdisc))
		return fail(failure, "the order has no place for the filter");
	*filter = (struct filter){ .interface = (int)if_nametoindex(device),
				   .is_egress = is_egress,
				   .preference = (uint32_t)preference,
				   .handle = (uint32_t)handle,
				   .owns_qdisc = owns_qdisc };
	return filter->interface || fail(failure, "%s", strerror(ENODEV));
}

static bool attach_as_filter(json_t *how, const char *device, const char *pin, struct attached *one,
			     struct failure *failure)
{
	int program = bpf_obj_get(pin);
	bool is_attached;

	if (program < 0)
		return fail(failure, "no program is pinned at %s", pin);
	is_attached = read_filter(how, device, &one->filter, failure) &&
		      filter_attach(&one->filter, program, failure);
	close(program);
	return is_attached;
}

static void forget_namespace(struct attached *one)
{
	free(one->namespace);
	one->namespace = NULL;
}

bool attach(json_t *order, struct attached *one, struct failure *failure)
{
	json_t *link = json_object_get(order, "link"), *filter = json_object_get(order, "filter");
	const char *namespace, *device, *pin;
	int own_namespace;
	bool is_attached;

	*one = (struct attached){ 0 };
	if (json_unpack(order, "{s:s, s:s, s:s}", "namespace", &namespace, "device", &device, "pin",
			&pin))
		return fail(failure, "the order is none");
	/* Before anything is attached: what has no memory for its namespace could not be detached. */
	if (!link && !(one->namespace = strdup(namespace)))
		return fail(failure, "no memory is left");
	if (!enter_namespace(namespace, &own_namespace, failure)) {
		forget_namespace(one);
		return false;
	}
	is_attached = link ? attach_by_link(link, device, pin, one, failure)
			   : attach_as_filter(filter, device, pin, one, failure);
	leave_namespace(own_namespace);
	if (!is_attached)
		forget_namespace(one);
	return is_attached;
}
