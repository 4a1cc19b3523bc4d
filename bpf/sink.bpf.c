// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Takes a server's packets at its device, before the stack: whole frames go into a queue that udpgen reads, which looks at
 * them as the stack and a socket would. All else passes: IP options, fragments, what no trial asks for. What does not meet
 * the device's hook is not taken: bpf_redirect_peer() goes past it.
 */
#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "../udpgen/sink-order.h"

/* One server's, in memory that is shared with udpgen: no trial needs a system call for it. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sink_order);
} sink_orders SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, SINK_QUEUE_BYTES);
} sink_queue SEC(".maps");

static __always_inline bool is_called4(const struct sink_order *order, void *data, void *data_end)
{
	const struct iphdr *ip = data + sizeof(struct ethhdr);
	const struct udphdr *udp = (void *)(ip + 1);

	return (void *)(udp + 1) <= data_end && order->version == 4 && ip->version == 4 &&
	       ip->ihl == 5 && ip->protocol == IPPROTO_UDP &&
	       (ip->frag_off & bpf_htons(0x3fff)) == 0 && ip->daddr == order->address[0] &&
	       udp->dest == order->port;
}

static __always_inline bool is_called6(const struct sink_order *order, void *data, void *data_end)
{
	const struct ipv6hdr *ip = data + sizeof(struct ethhdr);
	const struct udphdr *udp = (void *)(ip + 1);

	return (void *)(udp + 1) <= data_end && order->version == 6 && ip->nexthdr == IPPROTO_UDP &&
	       ip->daddr.in6_u.u6_addr32[0] == order->address[0] &&
	       ip->daddr.in6_u.u6_addr32[1] == order->address[1] &&
	       ip->daddr.in6_u.u6_addr32[2] == order->address[2] &&
	       ip->daddr.in6_u.u6_addr32[3] == order->address[3] && udp->dest == order->port;
}

/* Copies the frame into a place that has room for so many bytes, if there is one. */
static __always_inline void take(struct xdp_md *context, const struct sink_order *order,
				 __u64 bytes, const __u32 room)
{
	struct sink_frame *place = bpf_ringbuf_reserve(&sink_queue, sizeof(*place) + room, 0);

	if (!place)
		return;
	place->bytes = (__u32)bytes;
	place->ifindex = context->ingress_ifindex;
	/* Else the compiler compares another register than the one that it passes on, and the verifier knows nothing of that. */
	asm volatile("" : "+r"(bytes));
	if (bytes == 0 || bytes > room ||
	    bpf_xdp_load_bytes(context, 0, place + 1, (__u32)bytes) != 0) {
		bpf_ringbuf_discard(place, BPF_RB_NO_WAKEUP);
		return;
	}
	bpf_ringbuf_submit(place, order->wakes ? 0 : BPF_RB_NO_WAKEUP);
}

SEC("xdp")
int take_frame(struct xdp_md *context)
{
	const __u32 first = 0;
	struct sink_order *order = bpf_map_lookup_elem(&sink_orders, &first);
	void *data = (void *)(long)context->data, *data_end = (void *)(long)context->data_end;
	const struct ethhdr *eth = data;
	__u64 bytes = data_end - data;
	bool is_called;

	if (!order || !order->is_active || (void *)(eth + 1) > data_end ||
	    bytes > SINK_FRAME_BYTES_MAX)
		return XDP_PASS;
	is_called = eth->h_proto == bpf_htons(ETH_P_IP)	    ? is_called4(order, data, data_end)
		    : eth->h_proto == bpf_htons(ETH_P_IPV6) ? is_called6(order, data, data_end)
							    : false;
	if (!is_called)
		return XDP_PASS;
	/* What finds no room is lost, as it is at a socket. */
	if (bytes <= SINK_SHORT_BYTES_MAX)
		take(context, order, bytes, SINK_SHORT_BYTES_MAX);
	else
		take(context, order, bytes, SINK_FRAME_BYTES_MAX);
	return XDP_DROP;
}

char _license[] SEC("license") = "Dual BSD/GPL";
