// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Redirect UDP datagrams of known services from a TC ingress hook straight to the device
 * behind which the server lives, past the router's network stack.
 *
 * All else is left to the stack (TC_ACT_OK): what is not a plain, whole, unfragmented UDP datagram in
 * IPv4 or IPv6 addressed to this router, and what is for a service that the family's map does not name.
 * So are IPv4 options and IPv6 extension headers, and IPv6 datagrams without a checksum.
 * The TTL, or hop limit, is not decremented; a datagram that ends its life here is left to the stack, which
 * answers it, and so is one that is too long for the device behind which the server lives: nobody there would.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IP_FRAGMENT_MASK 0x3fff /* more-fragments flag and offset, RFC 791 section 3.1 */

struct service_key {
	__be32 address;
	__be16 port;
	__u16 unused; /* a hash key is compared whole: no hidden padding */
};

struct service6_key {
	struct in6_addr address;
	__be16 port;
	__u16 unused;
};

struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct service_key) == 8, "the key has no hidden padding");
_Static_assert(sizeof(struct service6_key) == 20, "the key has no hidden padding");
_Static_assert(sizeof(struct next_hop) == 16, "the value has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service_key);
	__type(value, struct next_hop);
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service6_key);
	__type(value, struct next_hop);
} services6 SEC(".maps");

/* The IPv4 and UDP headers are whole and agree with each other and with the frame. */
static __always_inline int is_plain_udp(const struct __sk_buff *skb, const struct iphdr *ip,
					const struct udphdr *udp)
{
	__u32 ip_bytes = bpf_ntohs(ip->tot_len);
	__u32 udp_bytes = bpf_ntohs(udp->len);

	return ip->version == 4 && ip->ihl == 5 && ip->protocol == IPPROTO_UDP &&
	       !(ip->frag_off & bpf_htons(IP_FRAGMENT_MASK)) && ip->ttl > 1 &&
	       ip_bytes <= skb->len - ETH_HLEN && udp_bytes >= sizeof(*udp) &&
	       udp_bytes == ip_bytes - sizeof(*ip);
}

/* The same of IPv6: no extension header stands between the two (RFC 8200), and there is a checksum (RFC 8200 section 8.1). */
static __always_inline int is_plain_udp6(const struct __sk_buff *skb, const struct ipv6hdr *ip,
					 const struct udphdr *udp)
{
	__u32 payload_bytes = bpf_ntohs(ip->payload_len);
	__u32 udp_bytes = bpf_ntohs(udp->len);

	return ip->version == 6 && ip->nexthdr == IPPROTO_UDP && ip->hop_limit > 1 && udp->check &&
	       payload_bytes <= skb->len - ETH_HLEN - sizeof(*ip) && udp_bytes >= sizeof(*udp) &&
	       udp_bytes == payload_bytes;
}

/* To the next hop, if the way there takes the frame. */
static __always_inline int hand_on(struct __sk_buff *skb, struct ethhdr *eth,
				   const struct next_hop *hop)
{
	__u32 mtu_bytes = 0;

	/* What is still to be segmented may be longer, if its segments are not. */
	if (bpf_check_mtu(skb, hop->ifindex, &mtu_bytes, 0, BPF_MTU_CHK_SEGS))
		return TC_ACT_OK;

	/* bpf_redirect() keeps the frame as it is: without the next hop's address the receiver
	 * would take it for somebody else's (PACKET_OTHERHOST) and drop it. */
	__builtin_memcpy(eth->h_dest, hop->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, hop->source_mac, ETH_ALEN);
	return bpf_redirect(hop->ifindex, 0);
}

static __always_inline int redirect_ipv4(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	struct service_key key = {};
	struct next_hop *hop;

	if ((void *)(udp + 1) > (void *)(long)skb->data_end || !is_plain_udp(skb, ip, udp))
		return TC_ACT_OK;
	key.address = ip->daddr;
	key.port = udp->dest;
	hop = bpf_map_lookup_elem(&services, &key);
	return hop ? hand_on(skb, eth, hop) : TC_ACT_OK;
}

static __always_inline int redirect_ipv6(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct ethhdr *eth = data;
	struct ipv6hdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	struct service6_key key = {};
	struct next_hop *hop;

	if ((void *)(udp + 1) > (void *)(long)skb->data_end || !is_plain_udp6(skb, ip, udp))
		return TC_ACT_OK;
	key.address = ip->daddr;
	key.port = udp->dest;
	hop = bpf_map_lookup_elem(&services6, &key);
	return hop ? hand_on(skb, eth, hop) : TC_ACT_OK;
}

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	/* A tag that the device took off lives in the skb, not in the frame. */
	if (skb->vlan_present || skb->pkt_type != PACKET_HOST)
		return TC_ACT_OK;
	if (skb->protocol == bpf_htons(ETH_P_IP))
		return redirect_ipv4(skb);
	if (skb->protocol == bpf_htons(ETH_P_IPV6))
		return redirect_ipv6(skb);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "Dual BSD/GPL";
