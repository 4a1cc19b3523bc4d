// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Follows udpgen's packets through the kernel, station by station. A program a station: BTF raw tracepoints, and programs
 * at netfilter's hooks. bpfload attaches what the kernel takes (bpfload/trace.c).
 *
 * Clang of older versions does not know the section of netfilter's programs: the loader gives them their type.
 */
#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/errno.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-calls.h"
#include "trace-packet.h"
#include "trace-tell.h"
#include "trace-xdp.h"

struct sock_common {
	possible_net_t skc_net;
} KERNEL_TYPE;

struct sock {
	struct sock_common __sk_common;
} KERNEL_TYPE;

struct nf_hook_state {
	__u8 hook;
	struct net_device *in;
	struct net_device *out;
	struct net *net;
} KERNEL_TYPE;

struct bpf_nf_ctx {
	const struct nf_hook_state *state;
	struct sk_buff *skb;
};

/* A packet at a device. */
static __always_inline int at_device(const struct sk_buff *skb, __u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct place place = place_of(skb->dev);

	if (is_watched(place.namespace_inode))
		tell_packet(now, skb, place, station);
	return 0;
}

SEC("?tp_btf/net_dev_queue")
int net_dev_queue(__u64 *context)
{
	return at_device((const struct sk_buff *)context[0], TRACE_NET_DEV_QUEUE);
}

SEC("?tp_btf/net_dev_start_xmit")
int net_dev_start_xmit(__u64 *context)
{
	return at_device((const struct sk_buff *)context[0], TRACE_NET_DEV_START_XMIT);
}

SEC("?tp_btf/netif_rx")
int netif_rx(__u64 *context)
{
	return at_device((const struct sk_buff *)context[0], TRACE_NETIF_RX);
}

SEC("?tp_btf/napi_gro_receive_entry")
int napi_gro_receive_entry(__u64 *context)
{
	return at_device((const struct sk_buff *)context[0], TRACE_NAPI_GRO_RECEIVE);
}

SEC("?tp_btf/netif_receive_skb")
int netif_receive_skb(__u64 *context)
{
	return at_device((const struct sk_buff *)context[0], TRACE_NETIF_RECEIVE_SKB);
}

/* Whoever took it may have freed it by now: it is not looked at, but known by its address from just before. */
SEC("?tp_btf/net_dev_xmit")
int net_dev_xmit(__u64 *context)
{
	__u64 now = bpf_ktime_get_ns();
	struct at_hand *hand = at_hand();
	struct place place;

	if (!hand || !hand->is_there || hand->skb != (const void *)context[0] || (int)context[1])
		return 0;
	place = place_of((const struct net_device *)context[2]);
	if (is_watched(place.namespace_inode))
		tell(now, &hand->header, place, TRACE_NET_DEV_XMIT);
	return 0;
}

/* In a socket's queue a packet has no device any more (UDP keeps other things in its place). */
static __always_inline int at_socket(const struct sk_buff *skb, __u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct place nowhere = { 0 };

	tell_packet(now, skb, nowhere, station);
	return 0;
}

SEC("?tp_btf/skb_copy_datagram_iovec")
int skb_copy_datagram_iovec(__u64 *context)
{
	return at_socket((const struct sk_buff *)context[0], TRACE_SKB_COPY);
}

static __always_inline bool is_down(const struct net_device *device)
{
	return device && !(device->flags & DEVICE_UP);
}

SEC("?tp_btf/kfree_skb")
int kfree_skb(__u64 *context)
{
	const struct sk_buff *skb = (const struct sk_buff *)context[0];
	__u64 now = bpf_ktime_get_ns();
	struct place place = place_of(skb->dev), nowhere = { 0 };
	struct beside beside = {
		.location = context[1],
		.reason = (__u32)context[2],
		.error = is_down(skb->dev) ? ENETDOWN : 0,
	};

	if (!is_watched(place.namespace_inode))
		place = nowhere;
	tell_packet_beside(now, skb, place, TRACE_KFREE_SKB, &beside);
	return 0;
}

/*
 * What is done for the packet at hand, if its CPU has not turned to another task meanwhile. In a socket's queue it is in
 * nobody's; only the wake-up is for it.
 */
static __always_inline int for_packet_at_hand(__u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct at_hand *hand = at_hand();

	if (!hand || !hand->is_there || hand->task != bpf_get_current_pid_tgid() ||
	    (hand->station == TRACE_SK_DATA_READY) != (station == TRACE_SCHED_WAKING))
		return 0;
	struct place place = {
		.namespace_inode = hand->namespace_inode,
		.ifindex = hand->ifindex,
	};
	hand->station = station;
	tell(now, &hand->header, place, station);
	return 0;
}

SEC("?tp_btf/fib_table_lookup")
int fib_table_lookup(__u64 *context)
{
	return for_packet_at_hand(TRACE_FIB_TABLE_LOOKUP);
}

SEC("?tp_btf/fib6_table_lookup")
int fib6_table_lookup(__u64 *context)
{
	return for_packet_at_hand(TRACE_FIB_TABLE_LOOKUP);
}

SEC("?tp_btf/neigh_event_send_done")
int neigh_event_send_done(__u64 *context)
{
	return for_packet_at_hand(TRACE_NEIGH_EVENT_SEND);
}

SEC("?tp_btf/sk_data_ready")
int sk_data_ready(__u64 *context)
{
	const struct sock *socket = (const struct sock *)context[0];

	if (!is_watched(socket->__sk_common.skc_net.net->ns.inum))
		return 0;
	return for_packet_at_hand(TRACE_SK_DATA_READY);
}

SEC("?tp_btf/sched_waking")
int sched_waking(__u64 *context)
{
	return for_packet_at_hand(TRACE_SCHED_WAKING);
}

/* NF_ACCEPT. It is the same program at every hook, of IPv4 and IPv6. */
SEC("?netfilter")
int netfilter_hook(struct bpf_nf_ctx *context)
{
	const struct nf_hook_state *state = context->state;
	__u64 now = bpf_ktime_get_ns();
	struct place place = {
		.namespace_inode = state->net->ns.inum,
		.ifindex = 0,
	};

	/* Before a packet leaves there is no `in`, before it is forwarded no `out`. */
	if (state->out)
		place.ifindex = state->out->ifindex;
	else if (state->in)
		place.ifindex = state->in->ifindex;
	/* NF_INET_PRE_ROUTING is 0, and stations are in the order of enum nf_inet_hooks. */
	tell_packet(now, context->skb, place, state->hook);
	return 1;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
