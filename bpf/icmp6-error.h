/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* ICMPv6 messages about a packet that could not be delivered (RFC 4443), and the packet that they quote. */
#ifndef ICMP6_ERROR_H
#define ICMP6_ERROR_H

#include "flow6.h"
#include "icmp-error.h"

#define ICMPV6_ERROR_LEAST \
	1 /* destination unreachable, packet too big, time exceeded, parameter problem */
#define ICMPV6_TOO_BIG	  2
#define ICMPV6_ERROR_MOST 4

struct quote6 {
	struct ipv6hdr *ip;
	struct ports *ports;
};

/* Finds what an error quotes, if TCP or UDP follows the quoted header with no extension between them. */
static __always_inline int find_quote6(const struct ipv6_packet *packet, const void *data_end,
				       struct quote6 *quote)
{
	const struct icmp_header *icmp = packet->content;
	struct ipv6hdr *ip = (void *)(icmp + 1);
	struct ports *ports = (void *)(ip + 1);

	if (packet->ip->nexthdr != PROTOCOL_ICMPV6 || (void *)(ports + 1) > data_end ||
	    packet->content_bytes < sizeof(*icmp) + sizeof(*ip) + sizeof(*ports))
		return 0;
	quote->ip = ip;
	quote->ports = ports;
	return icmp->type >= ICMPV6_ERROR_LEAST && icmp->type <= ICMPV6_ERROR_MOST &&
	       ip->version == 6 && (ip->nexthdr == IPPROTO_TCP || ip->nexthdr == IPPROTO_UDP);
}

#endif
