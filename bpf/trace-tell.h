/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Tells of a packet at a station, and keeps in mind which packet each CPU is at. */
#ifndef TRACE_TELL_H
#define TRACE_TELL_H

#include <stdbool.h>

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-packet.h"

/* Filled by the loader's size; read once a trial is over, so that nothing is woken up meanwhile. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

/* Network namespaces that are looked at, by their number in /proc. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __u32);
} namespaces SEC(".maps");

/* The packet that a CPU is at: stations that are not told of a packet are those of this one. */
struct at_hand {
	struct packet_header header;
	const void *skb;
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

/* Events that found no room. */
__u64 lost;

struct place {
	__u32 namespace_inode;
	__u32 ifindex;
};

static __always_inline struct at_hand *at_hand(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&packet_at_hand, &zero);
}

static __always_inline bool is_watched(__u32 namespace_inode)
{
	return bpf_map_lookup_elem(&namespaces, &namespace_inode) != NULL;
}

static __always_inline void tell(__u64 now, const struct packet_header *header, struct place place,
				 __u16 station, __u32 reason, __u64 location)
{
	struct trace_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		return;
	}
	event->ns = now;
	event->send_ns = header->send_ns;
	event->server_ns = header->server_ns;
	event->location = location;
	event->trial_id = header->trial_id;
	event->sequence = header->sequence;
	event->kind = header->kind;
	event->flow = header->flow;
	event->station = station;
	event->cpu = bpf_get_smp_processor_id();
	event->namespace_inode = place.namespace_inode;
	event->ifindex = place.ifindex;
	event->reason = reason;
	event->padding = 0;
	event->end_ns = bpf_ktime_get_ns();
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

static __always_inline void take_in_hand(struct at_hand *hand, const struct packet_header *header,
					 const void *skb, struct place place, __u16 station)
{
	hand->header = *header;
	hand->skb = skb;
	hand->namespace_inode = place.namespace_inode;
	hand->ifindex = place.ifindex;
	hand->station = station;
	hand->is_there = true;
}

static __always_inline void tell_packet(__u64 now, const struct sk_buff *skb, struct place place,
					__u16 station, __u32 reason, __u64 location)
{
	struct at_hand *hand = at_hand();
	struct packet_header header;

	if (!hand)
		return;
	if (!find_header(skb, &header)) {
		hand->is_there = false;
		return;
	}
	take_in_hand(hand, &header, skb, place, station);
	tell(now, &header, place, station, reason, location);
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
