/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The mark of balanced packets (see dscp.h) in IPv6: the code point is in the first word of the header, behind
 * the version; ECN's two bits and the flow label are behind it (RFC 8200 section 3).
 */
#ifndef DSCP6_H
#define DSCP6_H

#include <linux/ipv6.h>

#include <bpf/bpf_endian.h>

#define DSCP6_MASK	0x0fc00000
#define DSCP6_SHIFT	22
#define FLOW_INFO6_MASK 0x0fffffff /* all but the version */

static __always_inline __u32 dscp6_of(const struct ipv6hdr *ip)
{
	return (bpf_ntohl(*(const __be32 *)ip) & DSCP6_MASK) >> DSCP6_SHIFT;
}

/* The first word of a header, with another code point. */
static __always_inline __be32 word_with_dscp6(const struct ipv6hdr *ip, __u32 dscp)
{
	return (*(const __be32 *)ip & bpf_htonl(~DSCP6_MASK)) | bpf_htonl(dscp << DSCP6_SHIFT);
}

#endif
