/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Plain UDP datagrams in IPv4 or IPv6, and what is done to those that go past the router's stack. All else is left to
 * that: what is not whole, fragments, IPv4 options and IPv6 extension headers, IPv6 datagrams without a checksum, and a
 * datagram that ends its life here (TTL, hop limit), which the stack answers.
 */
#ifndef PLAIN_UDP_H
#define PLAIN_UDP_H

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

struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct next_hop) == 16, "the value has no hidden padding");

/* The IPv4 and UDP headers are there, whole, and agree with each other and with the frame. */
static __always_inline int is_plain_udp4(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct iphdr *ip = data + ETH_HLEN;
	const struct udphdr *udp = (const void *)(ip + 1);
	__u32 ip_bytes, udp_bytes;

	if ((const void *)(udp + 1) > data_end)
		return 0;
	ip_bytes = bpf_ntohs(ip->tot_len);
	udp_bytes = bpf_ntohs(udp->len);
	return ip->version == 4 && ip->ihl == 5 && ip->protocol == IPPROTO_UDP &&
	       !(ip->frag_off & bpf_htons(IP_FRAGMENT_MASK)) && ip->ttl > 1 &&
	       ip_bytes <= frame_bytes - ETH_HLEN && udp_bytes >= sizeof(*udp) &&
	       udp_bytes == ip_bytes - sizeof(*ip);
}

/* The same of IPv6: no extension header stands between the two, and there is a checksum (RFC 8200 section 8.1). */
static __always_inline int is_plain_udp6(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct ipv6hdr *ip = data + ETH_HLEN;
	const struct udphdr *udp = (const void *)(ip + 1);
	__u32 payload_bytes, udp_bytes;

	if ((const void *)(udp + 1) > data_end)
		return 0;
	payload_bytes = bpf_ntohs(ip->payload_len);
	udp_bytes = bpf_ntohs(udp->len);
	return ip->version == 6 && ip->nexthdr == IPPROTO_UDP && ip->hop_limit > 1 && udp->check &&
	       payload_bytes <= frame_bytes - ETH_HLEN - sizeof(*ip) && udp_bytes >= sizeof(*udp) &&
	       udp_bytes == payload_bytes;
}

/* The family of a plain UDP datagram, as Ethernet numbers it; 0 for all else. */
static __always_inline __u16 plain_udp_family(const void *data, const void *data_end,
					      __u32 frame_bytes)
{
	const struct ethhdr *eth = data;

	if ((const void *)(eth + 1) > data_end)
		return 0;
	if (eth->h_proto == bpf_htons(ETH_P_IP))
		return is_plain_udp4(data, data_end, frame_bytes) ? ETH_P_IP : 0;
	if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		return is_plain_udp6(data, data_end, frame_bytes) ? ETH_P_IPV6 : 0;
	return 0;
}

/* What a TC hook meets is for this host, and without a tag: one that the device took off lives in the skb. */
static __always_inline int is_for_us(const struct __sk_buff *skb)
{
	return !skb->vlan_present && skb->pkt_type == PACKET_HOST;
}

/*
 * Nothing that redirects a frame changes its addresses: without the next hop's the receiver would take it for
 * somebody else's (PACKET_OTHERHOST) and drop it.
 */
static __always_inline void give_addresses(void *data, const struct next_hop *hop)
{
	struct ethhdr *eth = data;

	__builtin_memcpy(eth->h_dest, hop->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, hop->source_mac, ETH_ALEN);
}

/* What a router does to the header of what it passes on. */
static __always_inline void decrease_ttl4(void *data)
{
	struct iphdr *ip = data + ETH_HLEN;
	__u32 check = ip->check;

	/* RFC 1141: the TTL is the upper byte of its word. */
	check += bpf_htons(0x0100);
	ip->check = check + (check >= 0xffff);
	ip->ttl--;
}

static __always_inline void decrease_hop_limit(void *data)
{
	struct ipv6hdr *ip = data + ETH_HLEN;

	ip->hop_limit--;
}

/* The same by the family of a datagram that is whole. */
static __always_inline void decrease_ttl(void *data)
{
	struct ethhdr *eth = data;

	if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		decrease_hop_limit(data);
	else
		decrease_ttl4(data);
}

#endif
