// SPDX-License-Identifier: Apache-2.0
#include "filter.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/pkt_sched.h>
#include <string.h>

#include "filters-there.h"

static bool make_qdisc(int interface, struct failure *failure)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = interface,
		    .attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS);
	int error = bpf_tc_hook_create(&hook);

	/* Another filter of the same path may have made it. */
	if (error && error != -EEXIST)
		return fail(failure, "could not add qdisc clsact: %s", strerror(-error));
	return true;
}

static bool remove_qdisc(int interface, struct failure *failure)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = interface,
		    .attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS);
	int there = filters_there(interface), error;

	if (there < 0)
		return fail(failure, "could not list filters: %s", strerror(-there));
	if (there > 0)
		return true;
	error = bpf_tc_hook_destroy(&hook);
	if (error && error != -ENOENT && error != -EINVAL)
		return fail(failure, "could not take qdisc clsact away: %s", strerror(-error));
	return true;
}

static enum bpf_tc_attach_point direction_of(const struct filter *filter)
{
	return filter->is_egress ? BPF_TC_EGRESS : BPF_TC_INGRESS;
}

bool filter_attach(const struct filter *filter, int program, struct failure *failure)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = filter->interface,
		    .attach_point = direction_of(filter));
	LIBBPF_OPTS(bpf_tc_opts, options, .prog_fd = program, .handle = filter->handle,
		    .priority = filter->preference);
	struct failure ignored;
	int error;

	if (filter->owns_qdisc && !make_qdisc(filter->interface, failure))
		return false;
	error = bpf_tc_attach(&hook, &options);
	if (!error)
		return true;
	if (filter->owns_qdisc)
		remove_qdisc(filter->interface, &ignored);
	return fail(failure, "%s", strerror(-error));
}

bool filter_detach(const struct filter *filter, struct failure *failure)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = filter->interface,
		    .attach_point = direction_of(filter));
	LIBBPF_OPTS(bpf_tc_opts, options, .handle = filter->handle, .priority = filter->preference);
	int error = bpf_tc_detach(&hook, &options);

	if (error && error != -ENOENT)
		return fail(failure, "could not take a filter away: %s", strerror(-error));
	return !filter->owns_qdisc || remove_qdisc(filter->interface, failure);
}
