/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* ICMP messages about a packet that could not be delivered, and the packet that they quote. */
#ifndef ICMP_ERROR_H
#define ICMP_ERROR_H

#include "flow.h"

/* RFC 792. <linux/icmp.h> needs a C library, which BPF has not. */
#define ICMP_UNREACHABLE       3
#define ICMP_TIME_EXCEEDED     11
#define ICMP_PARAMETER_PROBLEM 12

struct icmp_header {
	__u8 type;
	__u8 code;
	__sum16 check;
	__be32 more;
};

struct quote {
	struct iphdr *ip;
	struct ports *ports;
};

/*
 * Finds what an ICMP error quotes: the header and the first 8 bytes of a packet at least (RFC 792), which
 * hold the ports unless it was a later fragment. Without these messages path-MTU discovery fails
 * (RFC 1191), and so would connections whose replies meet a narrow link.
 */
static __always_inline int find_quote(const struct ipv4_packet *packet, const void *data_end,
				      struct quote *quote)
{
	const struct icmp_header *icmp = packet->content;
	struct iphdr *ip = (void *)(icmp + 1);
	__u32 header_bytes;

	if (packet->ip->protocol != IPPROTO_ICMP || is_fragment(packet->ip) ||
	    (void *)(ip + 1) > data_end)
		return 0;
	if (icmp->type != ICMP_UNREACHABLE && icmp->type != ICMP_TIME_EXCEEDED &&
	    icmp->type != ICMP_PARAMETER_PROBLEM)
		return 0;

	header_bytes = ip->ihl * 4;
	quote->ip = ip;
	quote->ports = (void *)ip + header_bytes;
	return ip->version == 4 && header_bytes >= sizeof(*ip) &&
	       packet->content_bytes >= sizeof(*icmp) + header_bytes + sizeof(*quote->ports) &&
	       (void *)(quote->ports + 1) <= data_end && !is_later_fragment(ip) &&
	       (ip->protocol == IPPROTO_TCP || ip->protocol == IPPROTO_UDP);
}

#endif
