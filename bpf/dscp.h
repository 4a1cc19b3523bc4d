/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The mark of balanced packets: a code point in the DS field that stands for a service, so that a
 * backend knows which packets came through the balancer and for which address (the technique is known
 * as L3DSR). The two bits below it are ECN's, RFC 3168.
 */
#ifndef DSCP_H
#define DSCP_H

#include <linux/ip.h>

#define ECN_MASK 0x03

static __always_inline __u32 dscp_of(const struct iphdr *ip)
{
	return ip->tos >> 2;
}

static __always_inline __u8 tos_with_dscp(const struct iphdr *ip, __u32 dscp)
{
	return dscp << 2 | (ip->tos & ECN_MASK);
}

#endif
