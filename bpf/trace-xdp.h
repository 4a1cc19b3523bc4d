/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What becomes of a packet that an XDP program redirects or gives up (include/trace/events/xdp.h). A driver's program has
 * no sk_buff: the packet is the one that its CPU has in hand.
 */
#ifndef TRACE_XDP_H
#define TRACE_XDP_H

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-packet.h"
#include "trace-redirect.h"
#include "trace-tell.h"

struct bpf_prog_aux {
	__u32 id;
} KERNEL_TYPE;

struct bpf_prog {
	struct bpf_prog_aux *aux;
} KERNEL_TYPE;

static __always_inline int at_xdp(__u64 now, const __u64 *context, __u16 station,
				  struct beside *beside)
{
	const struct bpf_prog *program = (const struct bpf_prog *)context[1];
	struct place place = place_of((const struct net_device *)context[0]);
	struct at_hand *hand = at_hand();

	if (!hand || !hand->is_there || !is_watched(place.namespace_inode))
		return 0;
	hand->station = station;
	beside->location = program->aux->id;
	tell_beside(now, &hand->header, place, station, beside);
	return 0;
}

/*
 * Of a device map the target is its entry, of others the index in it; without a map the index is the device. It is a
 * pointer to void, which verifiers of older kernels do not let a program read as an argument.
 */
static __always_inline int at_xdp_redirect(const __u64 *context, __u16 station)
{
	struct beside beside = { .reason = XDP_REDIRECT, .error = (__u32) - (__s32)context[3] };
	const struct bpf_dtab_netdev *entry = NULL;
	__u64 now = bpf_ktime_get_ns();

	bpf_probe_read_kernel(&entry, sizeof(entry), &context[2]);
	say_map_target(&beside, (__u32)context[4], entry, (__u32)context[6]);
	return at_xdp(now, context, station, &beside);
}

SEC("?tp_btf/xdp_redirect")
int xdp_redirect(__u64 *context)
{
	return at_xdp_redirect(context, TRACE_XDP_REDIRECT);
}

SEC("?tp_btf/xdp_redirect_err")
int xdp_redirect_err(__u64 *context)
{
	return at_xdp_redirect(context, TRACE_XDP_REDIRECT_ERR);
}

SEC("?tp_btf/xdp_exception")
int xdp_exception(__u64 *context)
{
	struct beside beside = { .reason = (__u32)context[2] };

	return at_xdp(bpf_ktime_get_ns(), context, TRACE_XDP_EXCEPTION, &beside);
}

#endif
