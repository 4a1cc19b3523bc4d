/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Tells of a packet at a station. */
#ifndef TRACE_TELL_H
#define TRACE_TELL_H

#include <stdbool.h>

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-hand.h"
#include "trace-packet.h"
#include "trace-segment.h"

struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
};

/*
 * One for each CPU, as one for all would go to and fro between their caches, which is no part of any probe. The loader
 * makes them; they are read once a trial is over, so that nothing is woken up meanwhile.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct ring);
} rings SEC(".maps");

/* Network namespaces that are looked at, by their number in /proc. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __u32);
} namespaces SEC(".maps");

/* Events that found no room. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} lost SEC(".maps");

static __always_inline bool is_watched(__u32 namespace_inode)
{
	return bpf_map_lookup_elem(&namespaces, &namespace_inode) != NULL;
}

/* What there is to tell beside who is where. */
struct beside {
	__u64 location;
	__u32 reason;
	__u32 way;
	__u32 target;
	__u32 error;
};

static __always_inline void count_lost(void)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(&lost, &zero);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline void tell_beside(__u64 now, const struct packet_header *header,
					struct place place, __u16 station,
					const struct beside *beside)
{
	__u32 cpu = bpf_get_smp_processor_id();
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	struct trace_event *event = ring ? bpf_ringbuf_reserve(ring, sizeof(*event), 0) : NULL;

	if (!event) {
		count_lost();
		return;
	}
	event->ns = now;
	event->send_ns = header->send_ns;
	event->server_ns = header->server_ns;
	event->location = beside->location;
	event->trial_id = header->trial_id;
	event->sequence = header->sequence;
	event->kind = header->kind;
	event->flow = header->flow;
	event->station = station;
	event->cpu = cpu;
	event->namespace_inode = place.namespace_inode;
	event->ifindex = place.ifindex;
	event->reason = beside->reason;
	event->way = beside->way;
	event->target = beside->target;
	event->error = beside->error;
	event->end_ns = bpf_ktime_get_ns();
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

static __always_inline void tell(__u64 now, const struct packet_header *header, struct place place,
				 __u16 station)
{
	struct beside nothing = { 0 };

	tell_beside(now, header, place, station, &nothing);
}

static __always_inline void tell_packet_beside(__u64 now, const struct sk_buff *skb,
					       struct place place, __u16 station,
					       const struct beside *beside)
{
	struct at_hand *hand = at_hand();
	struct packet_header header;

	if (!hand)
		return;
	if (!find_header(skb, &header) && !learn_segment(skb, hand, station, &header)) {
		hand->is_there = false;
		return;
	}
	take_in_hand(hand, &header, skb, place, station);
	tell_beside(now, &header, place, station, beside);
}

static __always_inline void tell_packet(__u64 now, const struct sk_buff *skb, struct place place,
					__u16 station)
{
	struct beside nothing = { 0 };

	tell_packet_beside(now, skb, place, station, &nothing);
}

static __always_inline struct place place_of(const struct net_device *device)
{
	struct place nowhere = { 0 };

	if (!device)
		return nowhere;
	struct place place = {
		.namespace_inode = device->nd_net.net->ns.inum,
		.ifindex = device->ifindex,
	};
	return place;
}

#endif
