/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Where a program that has just returned had asked the kernel to send its packet: what bpf_redirect() and the like left
 * for xdp_do_redirect() and skb_do_redirect() (net/core/filter.c). Known since Linux 6.11, where it is the task's.
 */
#ifndef TRACE_REDIRECT_H
#define TRACE_REDIRECT_H

#include <stdbool.h>

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-packet.h"
#include "trace-tell.h"

struct bpf_redirect_info {
	__u64 tgt_index;
	void *tgt_value;
	__u32 flags;
	enum bpf_map_type map_type;
} KERNEL_TYPE;

struct bpf_net_context {
	struct bpf_redirect_info ri;
} KERNEL_TYPE;

/* An entry of a device map. */
struct bpf_dtab_netdev {
	struct net_device *dev;
} KERNEL_TYPE;

/* The kernel's own flags, of no header: net/core/filter.c. */
#define REDIRECT_NEIGHBOUR (1u << 16)
#define REDIRECT_PEER	   (1u << 17)

static __always_inline const struct bpf_redirect_info *redirect_info(void)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct bpf_net_context *context;

	if (!bpf_core_field_exists(task->bpf_net_context))
		return NULL;
	context = BPF_CORE_READ(task, bpf_net_context);
	return context ? &context->ri : NULL;
}

static __always_inline void say_tc_target(struct beside *beside)
{
	const struct bpf_redirect_info *info = redirect_info();
	__u32 flags;

	if (!info)
		return;
	flags = BPF_CORE_READ(info, flags);
	beside->target = (__u32)BPF_CORE_READ(info, tgt_index);
	beside->way = flags & REDIRECT_PEER	   ? TRACE_WAY_PEER
		      : flags & REDIRECT_NEIGHBOUR ? TRACE_WAY_NEIGHBOUR
		      : flags & BPF_F_INGRESS	   ? TRACE_WAY_INGRESS
						   : TRACE_WAY_EGRESS;
}

static __always_inline void say_map_target(struct beside *beside, __u32 map_type,
					   const struct bpf_dtab_netdev *entry, __u32 index)
{
	beside->target = index;
	switch (map_type) {
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_DEVMAP_HASH:
		beside->way = entry ? TRACE_WAY_EGRESS : TRACE_WAY_MANY;
		beside->target = entry ? (__u32)BPF_CORE_READ(entry, dev, ifindex) : 0;
		break;
	case BPF_MAP_TYPE_CPUMAP:
		beside->way = TRACE_WAY_CPU;
		break;
	case BPF_MAP_TYPE_XSKMAP:
		beside->way = TRACE_WAY_SOCKET;
		break;
	default:
		beside->way = TRACE_WAY_EGRESS;
	}
}

static __always_inline void say_xdp_target(struct beside *beside)
{
	const struct bpf_redirect_info *info = redirect_info();

	if (info)
		say_map_target(beside, BPF_CORE_READ(info, map_type),
			       BPF_CORE_READ(info, tgt_value),
			       (__u32)BPF_CORE_READ(info, tgt_index));
}

#endif
