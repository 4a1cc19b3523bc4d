/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Plain packets of UDP or TCP in IPv4 or IPv6, and what is done to those that go past the router's stack. All else is left
 * to that: what is truncated, fragments, IPv4 options and IPv6 extension headers, IPv6 datagrams without a checksum, and a
 * packet that ends its life here (TTL, hop limit), which the stack answers.
 */
#ifndef PLAIN_PACKET_H
#define PLAIN_PACKET_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "transport.h"

#define IP_FRAGMENT_MASK 0x3fff /* more-fragments flag and offset, RFC 791 section 3.1 */

struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct next_hop) == 16, "the value has no hidden padding");

/* The headers of IPv4 and UDP or TCP are there, whole, and agree with each other and with the frame. */
static __always_inline bool is_plain4(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct iphdr *ip = data + ETH_HLEN;
	const void *content = ip + 1;
	__u32 ip_bytes;

	if (content > data_end)
		return false;
	ip_bytes = bpf_ntohs(ip->tot_len);
	if (ip->version != 4 || ip->ihl != 5 || (ip->frag_off & bpf_htons(IP_FRAGMENT_MASK)) ||
	    ip->ttl <= 1 || ip_bytes < sizeof(*ip) || ip_bytes > frame_bytes - ETH_HLEN)
		return false;
	if (ip->protocol == IPPROTO_UDP)
		return is_whole_udp(content, data_end, ip_bytes - sizeof(*ip));
	return ip->protocol == IPPROTO_TCP &&
	       is_whole_tcp(content, data_end, ip_bytes - sizeof(*ip));
}

/* The same of IPv6: no extension header stands between the two. */
static __always_inline bool is_plain6(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct ipv6hdr *ip = data + ETH_HLEN;
	const void *content = ip + 1;
	__u32 content_bytes;

	if (content > data_end)
		return false;
	content_bytes = bpf_ntohs(ip->payload_len);
	if (ip->version != 6 || ip->hop_limit <= 1 ||
	    content_bytes > frame_bytes - ETH_HLEN - sizeof(*ip))
		return false;
	if (ip->nexthdr == IPPROTO_UDP)
		return is_whole_udp6(content, data_end, content_bytes);
	return ip->nexthdr == IPPROTO_TCP && is_whole_tcp(content, data_end, content_bytes);
}

/* The family of a plain packet, as Ethernet numbers it; 0 for all else. */
static __always_inline __u16 plain_family(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct ethhdr *eth = data;

	if ((const void *)(eth + 1) > data_end)
		return 0;
	if (eth->h_proto == bpf_htons(ETH_P_IP))
		return is_plain4(data, data_end, frame_bytes) ? ETH_P_IP : 0;
	if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		return is_plain6(data, data_end, frame_bytes) ? ETH_P_IPV6 : 0;
	return 0;
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
