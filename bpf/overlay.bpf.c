// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * An overlay between nodes by a tunnel device that takes its other end from every packet (ip link … external):
 * `encapsulate` sends what comes from a pod into the tunnel to the node that the destination's prefix is on,
 * `deliver` hands what comes out of the tunnel to the pod it is for. Neither passes the node's network stack.
 *
 * All else is left to the stack (TC_ACT_OK): what is not whole IPv4 for this host, what no prefix and no pod is
 * known for, what comes from another tunnel, and what is too long for the device ahead: the stack answers that.
 * The TTL is not decremented; a packet whose TTL ends here is left to the stack, too.
 */
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "ipv4.h"
#include "tc-frame.h"

/*
 * What is read and written of a tunnel's key: kernels refuse one that is longer than they know, and these headers may
 * be of a newer one. All from 4.6 on take it up to this field.
 */
#define TUNNEL_KEY_BYTES offsetof(struct bpf_tunnel_key, tunnel_label)

struct prefix {
	__u32 length;
	__be32 address;
};

/* The way to a node: what the tunnel is told, and the frame's addresses within it. */
struct tunnel {
	__be32 remote;
	__u32 id;
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

struct pod {
	/* The tunnel that its packets come by. */
	__u32 id;
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct tunnel) == 24, "the value has no hidden padding");
_Static_assert(sizeof(struct pod) == 20, "the value has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct prefix);
	__type(value, struct tunnel);
} tunnels SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct pod);
} pods SEC(".maps");

/* The headers of a packet that may go on by the programs, or NULL. */
static __always_inline struct ethhdr *find_frame(struct __sk_buff *skb, struct ipv4_packet *packet)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;

	if (!is_for_us(skb) || !find_ipv4(data, data_end, skb->len, packet) || packet->ip->ttl <= 1)
		return NULL;
	return data;
}

SEC("tc")
int encapsulate(struct __sk_buff *skb)
{
	struct ipv4_packet packet = {};
	struct bpf_tunnel_key key = {};
	struct prefix to = { .length = 32 };
	struct tunnel *tunnel;
	struct ethhdr *eth;

	eth = find_frame(skb, &packet);
	if (!eth)
		return TC_ACT_OK;
	to.address = packet.ip->daddr;
	tunnel = bpf_map_lookup_elem(&tunnels, &to);
	if (!tunnel || is_too_long(skb, tunnel->ifindex))
		return TC_ACT_OK;

	__builtin_memcpy(eth->h_dest, tunnel->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, tunnel->source_mac, ETH_ALEN);
	key.tunnel_id = tunnel->id;
	key.remote_ipv4 = bpf_ntohl(tunnel->remote);
	key.tunnel_ttl = 64;
	/* As the kernel's own tunnels over IPv4 do without being told: no UDP checksum (RFC 7348 section 4.1). */
	if (bpf_skb_set_tunnel_key(skb, &key, TUNNEL_KEY_BYTES, BPF_F_ZERO_CSUM_TX))
		return TC_ACT_SHOT;
	return bpf_redirect(tunnel->ifindex, 0);
}

SEC("tc")
int deliver(struct __sk_buff *skb)
{
	struct ipv4_packet packet = {};
	struct bpf_tunnel_key key = {};
	struct ethhdr *eth;
	struct pod *pod;
	__be32 address;

	if (bpf_skb_get_tunnel_key(skb, &key, TUNNEL_KEY_BYTES, 0))
		return TC_ACT_OK;
	eth = find_frame(skb, &packet);
	if (!eth)
		return TC_ACT_OK;
	address = packet.ip->daddr;
	pod = bpf_map_lookup_elem(&pods, &address);
	if (!pod || pod->id != key.tunnel_id || is_too_long(skb, pod->ifindex))
		return TC_ACT_OK;

	__builtin_memcpy(eth->h_dest, pod->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, pod->source_mac, ETH_ALEN);
	return bpf_redirect(pod->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
