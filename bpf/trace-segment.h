/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Segments of TCP: what they carry lies in pages that no probe reads, so they are known by their sequence number, which
 * goes with them through namespaces and behind other addresses. The call that sends a message tells which one that is:
 * the first segment that leaves within it. A message in several segments is seen as its first.
 */
#ifndef TRACE_SEGMENT_H
#define TRACE_SEGMENT_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/in.h>

#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-hand.h"
#include "trace-look.h"
#include "trace-packet.h"

/* Whether probes of calls are away: then any segment is one of a message, of which nothing more is known. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} calls_unseen SEC(".maps");

static __always_inline bool is_first_of_call(const struct at_hand *hand)
{
	return hand->is_there && hand->station == TRACE_SENDTO && hand->header.kind >= PACKET_HELLO;
}

static __always_inline bool learn_segment(const struct sk_buff *skb, const struct at_hand *hand,
					  __u16 station, struct packet_header *header)
{
	const unsigned char *place = skb->head + skb->network_header;
	struct look look;
	__u32 bytes = 0, sequence, zero = 0;
	const __u32 *unseen = bpf_map_lookup_elem(&calls_unseen, &zero);
	__u8 protocol;

	/* Where a kernel has no programs at netfilter's hooks, the device's queue is the first to see it. */
	if (station != TRACE_NF_LOCAL_OUT && station != TRACE_NET_DEV_QUEUE)
		return false;
	if (!is_first_of_call(hand) && (!unseen || !*unseen))
		return false;
	if (bpf_probe_read_kernel(&look, sizeof(look), place))
		return false;
	protocol = read_protocol(&look, &bytes);
	if (protocol != IPPROTO_TCP || !read_sequence(&look, bytes, &sequence))
		return false;
	*header = hand->header;
	return !bpf_map_update_elem(&segments, &sequence, header, BPF_ANY);
}

#endif
