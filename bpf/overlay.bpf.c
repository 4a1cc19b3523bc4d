// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * An overlay between nodes by a tunnel device that takes its other end from every packet (ip link … external):
 * `encapsulate` sends what comes from a pod into the tunnel to the node that the destination's prefix is on,
 * `deliver` hands what comes out of the tunnel to the pod it is for. Neither passes the node's network stack.
 * Pods with IPv6 have maps of their own, and the nodes between which these are then have IPv6, too.
 *
 * All else is left to the stack (TC_ACT_OK): what is truncated or not IP, or not for this host, what no prefix and no pod is
 * known for, what comes from another tunnel, and what is too long for the device ahead: the stack answers that.
 * The TTL, or hop limit, is not decremented; a packet that ends its life here is left to the stack, too.
 */
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "ipv4.h"
#include "ipv6.h"
#include "lookup.h"
#include "tc-frame.h"

/*
 * What is read and written of a tunnel's key: kernels refuse one that is longer than they know, and these headers may
 * be of a newer one. All from 4.6 on take it up to this field.
 */
#define TUNNEL_KEY_BYTES offsetof(struct bpf_tunnel_key, tunnel_label)
#define TUNNEL_TTL	 64

struct prefix {
	__u32 length;
	__be32 address;
};

struct prefix6 {
	__u32 length;
	struct in6_addr address;
};

/* The way to a node: what the tunnel is told, and the frame's addresses within it. */
struct tunnel {
	__be32 remote;
	__u32 id;
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

struct tunnel6 {
	struct in6_addr remote;
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

_Static_assert(sizeof(struct prefix6) == 20, "the key has no hidden padding");
_Static_assert(sizeof(struct tunnel) == 24, "the value has no hidden padding");
_Static_assert(sizeof(struct tunnel6) == 36, "the value has no hidden padding");
_Static_assert(sizeof(struct pod) == 20, "the value has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct prefix);
	__type(value, struct tunnel);
} tunnels SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1024);
	__type(key, struct prefix6);
	__type(value, struct tunnel6);
} tunnels6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct pod);
} pods SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct in6_addr);
	__type(value, struct pod);
} pods6 SEC(".maps");

/* The family of a packet that may go on by the programs, as Ethernet numbers it; 0 for all else. */
static __always_inline __u16 family_of(const struct __sk_buff *skb, void *data, void *data_end)
{
	struct ipv4_packet packet = {};
	struct ipv6_packet packet6 = {};

	if (!is_for_us(skb))
		return 0;
	if (find_ipv4(data, data_end, skb->len, &packet))
		return packet.ip->ttl > 1 ? ETH_P_IP : 0;
	if (find_ipv6(data, data_end, skb->len, &packet6))
		return packet6.ip->hop_limit > 1 ? ETH_P_IPV6 : 0;
	return 0;
}

static __always_inline void give_addresses(void *data, const __u8 *source, const __u8 *destination)
{
	struct ethhdr *eth = data;

	__builtin_memcpy(eth->h_dest, destination, ETH_ALEN);
	__builtin_memcpy(eth->h_source, source, ETH_ALEN);
}

static __always_inline int encapsulate4(struct __sk_buff *skb, void *data)
{
	const struct iphdr *ip = data + ETH_HLEN;
	struct prefix to = { .length = 32, .address = ip->daddr };
	struct bpf_tunnel_key key = { .tunnel_ttl = TUNNEL_TTL };
	struct tunnel *tunnel = lookup_apart(&tunnels, &to);

	if (!tunnel || is_too_long(skb, tunnel->ifindex))
		return TC_ACT_OK;
	give_addresses(data, tunnel->source_mac, tunnel->destination_mac);
	key.tunnel_id = tunnel->id;
	key.remote_ipv4 = bpf_ntohl(tunnel->remote);
	/* As the kernel's own tunnels over IPv4 do without being told: no UDP checksum (RFC 7348 section 4.1). */
	if (bpf_skb_set_tunnel_key(skb, &key, TUNNEL_KEY_BYTES, BPF_F_ZERO_CSUM_TX))
		return TC_ACT_SHOT;
	return bpf_redirect(tunnel->ifindex, 0);
}

static __always_inline int encapsulate6(struct __sk_buff *skb, void *data)
{
	const struct ipv6hdr *ip = data + ETH_HLEN;
	struct prefix6 to = { .length = 128, .address = ip->daddr };
	struct bpf_tunnel_key key = { .tunnel_ttl = TUNNEL_TTL };
	struct tunnel6 *tunnel = lookup_apart(&tunnels6, &to);

	if (!tunnel || is_too_long(skb, tunnel->ifindex))
		return TC_ACT_OK;
	give_addresses(data, tunnel->source_mac, tunnel->destination_mac);
	key.tunnel_id = tunnel->id;
	__builtin_memcpy(key.remote_ipv6, &tunnel->remote, sizeof(tunnel->remote));
	/* Over IPv6 the kernel's own tunnels have a UDP checksum, if not told otherwise (RFC 6935). */
	if (bpf_skb_set_tunnel_key(skb, &key, TUNNEL_KEY_BYTES, BPF_F_TUNINFO_IPV6))
		return TC_ACT_SHOT;
	return bpf_redirect(tunnel->ifindex, 0);
}

SEC("tc")
int encapsulate(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;

	switch (family_of(skb, data, (void *)(long)skb->data_end)) {
	case ETH_P_IP:
		return encapsulate4(skb, data);
	case ETH_P_IPV6:
		return encapsulate6(skb, data);
	default:
		return TC_ACT_OK;
	}
}

static __always_inline struct pod *pod_at(const void *data, __u16 family)
{
	const struct iphdr *ip = data + ETH_HLEN;
	const struct ipv6hdr *ip6 = data + ETH_HLEN;
	__be32 address;
	struct in6_addr address6;

	if (family == ETH_P_IP) {
		address = ip->daddr;
		return lookup_apart(&pods, &address);
	}
	address6 = ip6->daddr;
	return lookup_apart(&pods6, &address6);
}

SEC("tc")
int deliver(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct bpf_tunnel_key key = {};
	struct pod *pod;
	__u16 family;

	family = family_of(skb, data, (void *)(long)skb->data_end);
	/* Without the flag what came by IPv6 has no key, with it what came by IPv4. */
	if (!family || bpf_skb_get_tunnel_key(skb, &key, TUNNEL_KEY_BYTES,
					      family == ETH_P_IPV6 ? BPF_F_TUNINFO_IPV6 : 0))
		return TC_ACT_OK;
	pod = pod_at(data, family);
	if (!pod || pod->id != key.tunnel_id || is_too_long(skb, pod->ifindex))
		return TC_ACT_OK;

	give_addresses(data, pod->source_mac, pod->destination_mac);
	return bpf_redirect(pod->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
