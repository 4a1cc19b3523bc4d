// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Follows udpgen's packets through the kernel, station by station. A program a station: BTF raw tracepoints, and programs
 * at netfilter's hooks. bpfload attaches what the kernel takes (bpfload/trace.c).
 *
 * Clang of older versions does not know the section of netfilter's programs: the loader gives them their type.
 */
#include <stdbool.h>

#include <asm/unistd.h>

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "trace-event.h"
#include "trace-packet.h"

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

/* A packet at a device. */
static __always_inline int at_device(const struct sk_buff *skb, __u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct place place = place_of(skb->dev);

	if (is_watched(place.namespace_inode))
		tell_packet(now, skb, place, station, 0, 0);
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
		tell(now, &hand->header, place, TRACE_NET_DEV_XMIT, 0, 0);
	return 0;
}

/* In a socket's queue a packet has no device any more (UDP keeps other things in its place). */
static __always_inline int at_socket(const struct sk_buff *skb, __u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct place nowhere = { 0 };

	tell_packet(now, skb, nowhere, station, 0, 0);
	return 0;
}

SEC("?tp_btf/skb_copy_datagram_iovec")
int skb_copy_datagram_iovec(__u64 *context)
{
	return at_socket((const struct sk_buff *)context[0], TRACE_SKB_COPY);
}

SEC("?tp_btf/kfree_skb")
int kfree_skb(__u64 *context)
{
	const struct sk_buff *skb = (const struct sk_buff *)context[0];
	__u64 now = bpf_ktime_get_ns();
	struct place place = place_of(skb->dev), nowhere = { 0 };

	if (!is_watched(place.namespace_inode))
		place = nowhere;
	tell_packet(now, skb, place, TRACE_KFREE_SKB, (__u32)context[2], context[1]);
	return 0;
}

/* What is done for the packet at hand. In a socket's queue it is in nobody's; only the wake-up is for it. */
static __always_inline int for_packet_at_hand(__u16 station)
{
	__u64 now = bpf_ktime_get_ns();
	struct at_hand *hand = at_hand();

	if (!hand || !hand->is_there ||
	    (hand->station == TRACE_SK_DATA_READY) != (station == TRACE_SCHED_WAKING))
		return 0;
	struct place place = {
		.namespace_inode = hand->namespace_inode,
		.ifindex = hand->ifindex,
	};
	hand->station = station;
	tell(now, &hand->header, place, station, 0, 0);
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

#ifdef __x86_64__

/* What is in a call's registers is known of this architecture alone. */
struct pt_regs {
	unsigned long si;
	unsigned long orig_ax;
} KERNEL_TYPE;

/* When the call began that a CPU's thread is in. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} receive_call SEC(".maps");

static __always_inline bool read_buffer(const struct pt_regs *registers,
					struct packet_header *header)
{
	return !bpf_probe_read_user(header, sizeof(*header), (const void *)registers->si) &&
	       header->seal == seal_of(header);
}

SEC("?tp_btf/sys_enter")
int sys_enter(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), *begin;
	struct at_hand *hand = at_hand();
	struct place nowhere = { 0 };
	struct packet_header header;
	__u32 zero = 0;

	if (context[1] == __NR_recvfrom) {
		begin = bpf_map_lookup_elem(&receive_call, &zero);
		if (begin)
			*begin = now;
	} else if (context[1] == __NR_sendto && hand && read_buffer(registers, &header)) {
		take_in_hand(hand, &header, NULL, nowhere, TRACE_SENDTO);
		tell(now, &header, nowhere, TRACE_SENDTO, 0, 0);
	}
	return 0;
}

/* Only now it shows which packet it was. */
SEC("?tp_btf/sys_exit")
int sys_exit(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), *begin;
	struct at_hand *hand = at_hand();
	struct place nowhere = { 0 };
	struct packet_header header;
	__u32 zero = 0;

	/* The packet is under way, or nowhere: what the thread does next is not for it. */
	if (registers->orig_ax == __NR_sendto && hand)
		hand->is_there = false;
	if ((long)context[1] < (long)sizeof(header) || registers->orig_ax != __NR_recvfrom ||
	    !read_buffer(registers, &header))
		return 0;
	begin = bpf_map_lookup_elem(&receive_call, &zero);
	if (begin)
		tell(*begin, &header, nowhere, TRACE_RECVFROM, 0, 0);
	tell(now, &header, nowhere, TRACE_RECEIVED, 0, 0);
	return 0;
}

#endif

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
	tell_packet(now, context->skb, place, state->hook, 0, 0);
	return 1;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
