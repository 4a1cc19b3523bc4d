// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Attached to another program's beginning and end (fentry, fexit): tells of the packets that it gets, and what it returns.
 * Loaded once for every program of a path; maps are those of trace.bpf.c (bpfload/trace-programs.c).
 */
#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-packet.h"
#include "trace-redirect.h"
#include "trace-tell.h"

/* NETKIT_REDIRECT and TCX_REDIRECT are the same number. */
_Static_assert(TC_ACT_REDIRECT == 7, "redirection has one number at all hooks of TC");

struct xdp_rxq_info {
	struct net_device *dev;
} KERNEL_TYPE;

struct xdp_buff {
	void *data;
	struct xdp_rxq_info *rxq;
} KERNEL_TYPE;

#define VLAN_BYTES 4

/* The place of the program among those of the order. */
const volatile __u32 program_number;

static __always_inline bool find_in_frame(const struct xdp_buff *frame,
					  struct packet_header *header)
{
	const unsigned char *ip = (const unsigned char *)frame->data + ETHERNET_BYTES;

	return find_below(ip, header) || find_below(ip + VLAN_BYTES, header);
}

static __always_inline int begin(__u64 now, bool is_found, const struct packet_header *header,
				 const void *packet, struct place place)
{
	struct beside beside = { .location = program_number };
	struct at_hand *hand = at_hand();

	if (!hand)
		return 0;
	hand->is_there = false;
	if (!is_found || !is_watched(place.namespace_inode))
		return 0;
	take_in_hand(hand, header, packet, place, TRACE_PROGRAM_BEGINS);
	tell_beside(now, header, place, TRACE_PROGRAM_BEGINS, &beside);
	return 0;
}

/* The header is that of its beginning: the program may have moved it, or wrapped it up. */
static __always_inline bool is_at_hand(struct at_hand *hand, const void *packet)
{
	return hand && hand->is_there && hand->skb == packet;
}

static __always_inline int end(__u64 now, struct at_hand *hand, const struct beside *beside)
{
	struct place place = {
		.namespace_inode = hand->namespace_inode,
		.ifindex = hand->ifindex,
	};

	hand->station = TRACE_PROGRAM_ENDS;
	tell_beside(now, &hand->header, place, TRACE_PROGRAM_ENDS, beside);
	return 0;
}

SEC("?fentry")
int tc_begins(__u64 *context)
{
	const struct sk_buff *skb = (const struct sk_buff *)context[0];
	__u64 now = bpf_ktime_get_ns();
	struct packet_header header = { 0 };
	bool is_found = find_header(skb, &header);

	return begin(now, is_found, &header, skb, place_of(skb->dev));
}

/* A program's own context comes first, what it returned after it (Documentation/bpf/btf.rst). */
SEC("?fexit")
int tc_ends(__u64 *context)
{
	const struct sk_buff *skb = (const struct sk_buff *)context[0];
	struct beside beside = { .location = program_number, .reason = (__u32)context[1] };
	__u64 now = bpf_ktime_get_ns();
	struct at_hand *hand = at_hand();

	if (!is_at_hand(hand, skb))
		return 0;
	if (beside.reason == TC_ACT_REDIRECT)
		say_tc_target(&beside);
	return end(now, hand, &beside);
}

SEC("?fentry")
int xdp_begins(__u64 *context)
{
	const struct xdp_buff *frame = (const struct xdp_buff *)context[0];
	__u64 now = bpf_ktime_get_ns();
	struct packet_header header = { 0 };
	bool is_found = find_in_frame(frame, &header);

	return begin(now, is_found, &header, frame, place_of(frame->rxq->dev));
}

SEC("?fexit")
int xdp_ends(__u64 *context)
{
	const struct xdp_buff *frame = (const struct xdp_buff *)context[0];
	struct beside beside = { .location = program_number, .reason = (__u32)context[1] };
	__u64 now = bpf_ktime_get_ns();
	struct at_hand *hand = at_hand();

	if (!is_at_hand(hand, frame))
		return 0;
	if (beside.reason == XDP_REDIRECT)
		say_xdp_target(&beside);
	return end(now, hand, &beside);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
