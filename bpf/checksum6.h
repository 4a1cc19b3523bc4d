/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Checksums of IPv6 packets that an XDP program readdresses. The header has none; ICMPv6's covers the addresses as
 * TCP's and UDP's do (RFC 8200 section 8.1).
 */
#ifndef CHECKSUM6_H
#define CHECKSUM6_H

#include "checksum.h"
#include "icmp6-error.h"

static __always_inline __u32 sum_of_address6(const struct in6_addr *address)
{
	return folded(sum_of_address(address->in6_u.u6_addr32[0]) +
		      sum_of_address(address->in6_u.u6_addr32[1]) +
		      sum_of_address(address->in6_u.u6_addr32[2]) +
		      sum_of_address(address->in6_u.u6_addr32[3]));
}

static __always_inline __u16 pseudo_header_sum6(const struct ipv6_packet *packet)
{
	const struct ipv6hdr *ip = packet->ip;

	return folded(sum_of_address6(&ip->saddr) + sum_of_address6(&ip->daddr) +
		      bpf_htons(ip->nexthdr) + bpf_htons((__u16)packet->content_bytes));
}

/* As is_left_to_device(), of IPv6. */
static __always_inline bool is_left_to_device6(const struct ipv6_packet *packet,
					       const void *data_end, __sum16 check)
{
	struct ipv4_packet content = { .content = packet->content,
				       .content_bytes = packet->content_bytes };
	__u16 sum = pseudo_header_sum6(packet);

	return check == sum && !adds_up(&content, data_end, sum);
}

/* A checksum for another address in the pseudo-header. */
static __always_inline __sum16 readdressed_check6(__u8 protocol, __sum16 check,
						  const struct in6_addr *from,
						  const struct in6_addr *to, bool is_left_to_device)
{
	__u32 change = (__u16)~sum_of_address6(from) + sum_of_address6(to);

	if (is_left_to_device)
		return folded(check + change);
	check = ~folded((__u16)~check + change);
	return protocol == IPPROTO_UDP && !check ? 0xffff : check;
}

static __always_inline __sum16 *transport_check6(const struct ipv6_packet *packet)
{
	return packet->ip->nexthdr == IPPROTO_TCP ? &((struct tcphdr *)packet->content)->check
						  : &((struct udphdr *)packet->content)->check;
}

/* Gives a packet of TCP, UDP or ICMPv6 a new destination, and its checksum. */
static __always_inline void readdress6(const struct ipv6_packet *packet, const void *data_end,
				       const struct in6_addr *destination)
{
	struct ipv6hdr *ip = packet->ip;
	__sum16 *check = ip->nexthdr == PROTOCOL_ICMPV6
				 ? &((struct icmp_header *)packet->content)->check
				 : transport_check6(packet);
	bool is_left = false;

	/* The caller has seen to it, but the verifier does not remember for which protocol. */
	if ((void *)(check + 1) > data_end)
		return;
	if (ip->nexthdr != PROTOCOL_ICMPV6)
		is_left = is_left_to_device6(packet, data_end, *check);
	*check = readdressed_check6(ip->nexthdr, *check, &ip->daddr, destination, is_left);
	ip->daddr = *destination;
}

#endif
