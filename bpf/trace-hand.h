/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which packet each CPU is at. */
#ifndef TRACE_HAND_H
#define TRACE_HAND_H

#include <stdbool.h>

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "../udpgen/protocol.h"

/* The packet that a CPU is at: stations that are not told of a packet are those of this one. */
struct at_hand {
	struct packet_header header;
	const void *skb;
	/* Thread and process that it was in, or that it interrupted. */
	__u64 task;
	__u32 namespace_inode;
	__u32 ifindex;
	__u16 station;
	bool is_there;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct at_hand);
} packet_at_hand SEC(".maps");

struct place {
	__u32 namespace_inode;
	__u32 ifindex;
};

static __always_inline struct at_hand *at_hand(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&packet_at_hand, &zero);
}

static __always_inline void take_in_hand(struct at_hand *hand, const struct packet_header *header,
					 const void *skb, struct place place, __u16 station)
{
	hand->header = *header;
	hand->skb = skb;
	hand->task = bpf_get_current_pid_tgid();
	hand->namespace_inode = place.namespace_inode;
	hand->ifindex = place.ifindex;
	hand->station = station;
	hand->is_there = true;
}

#endif
