/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* An IPv6 packet in an Ethernet frame, as far as its headers are whole and agree with each other. */
#ifndef IPV6_H
#define IPV6_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "transport.h"

#define PROTOCOL_ICMPV6 58 /* RFC 4443; <linux/in6.h> has it for user space alone */

struct ipv6_packet {
	struct ipv6hdr *ip;
	/* What follows the IP header, and how long it is by that. */
	void *content;
	__u32 content_bytes;
};

/*
 * Finds the packet in a frame of frame_bytes, of which data to data_end is at hand. As find_ipv4(): what is
 * behind a VLAN tag is none, nor is one of more than 64 KiB, whose length is 0 (RFC 2675).
 */
static __always_inline int find_ipv6(void *data, void *data_end, __u32 frame_bytes,
				     struct ipv6_packet *packet)
{
	struct ethhdr *eth = data;
	struct ipv6hdr *ip = (void *)(eth + 1);
	__u32 content_bytes;

	if ((void *)(ip + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IPV6))
		return 0;
	content_bytes = bpf_ntohs(ip->payload_len);
	if (ip->version != 6 || content_bytes > frame_bytes - ETH_HLEN - sizeof(*ip))
		return 0;

	packet->ip = ip;
	packet->content = ip + 1;
	packet->content_bytes = content_bytes;
	return 1;
}

/*
 * A whole TCP segment or UDP datagram, whose own length agrees with that of its packet. Extension headers, those of
 * fragments among them, are a next header of neither.
 */
static __always_inline int is_whole_transport6(const struct ipv6_packet *packet,
					       const void *data_end)
{
	if (packet->ip->nexthdr == IPPROTO_TCP)
		return is_whole_tcp(packet->content, data_end, packet->content_bytes);
	return packet->ip->nexthdr == IPPROTO_UDP &&
	       is_whole_udp6(packet->content, data_end, packet->content_bytes);
}

static __always_inline int is_same_address6(const struct in6_addr *one,
					    const struct in6_addr *other)
{
	return one->in6_u.u6_addr32[0] == other->in6_u.u6_addr32[0] &&
	       one->in6_u.u6_addr32[1] == other->in6_u.u6_addr32[1] &&
	       one->in6_u.u6_addr32[2] == other->in6_u.u6_addr32[2] &&
	       one->in6_u.u6_addr32[3] == other->in6_u.u6_addr32[3];
}

static __always_inline int is_no_address6(const struct in6_addr *address)
{
	return !(address->in6_u.u6_addr32[0] | address->in6_u.u6_addr32[1] |
		 address->in6_u.u6_addr32[2] | address->in6_u.u6_addr32[3]);
}

#endif
