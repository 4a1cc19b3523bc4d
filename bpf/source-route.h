/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* IP options that name the routers to go by (RFC 791 section 3.1): the stack alone knows if it follows them. */
#ifndef SOURCE_ROUTE_H
#define SOURCE_ROUTE_H

#include "ipv4.h"

#define IP_LOOSE_ROUTE	    131
#define IP_STRICT_ROUTE	    137
#define SOURCE_ROUTE_BYTES  3 /* at least: type, length and pointer, which begins at 4 */
#define IP_OPTION_BYTES_MAX 40

/*
 * Looks for what reads as a source route wherever it may begin, rather than from option to option:
 * the verifier would go through every way that these can follow each other. For the same reason it is not
 * static, and so gone through once. The frame has an IPv4 header; the packet goes on behind its options.
 */
__noinline int names_routers(struct xdp_md *context)
{
	void *data_end = (void *)(long)context->data_end;
	struct iphdr *ip = (void *)(long)context->data + ETH_HLEN;
	__u8 *option = (void *)(ip + 1);
	__u32 at, bytes;

	if ((void *)option > data_end)
		return 0;
	bytes = ip->ihl * 4 - sizeof(*ip);
	for (at = 0; at <= IP_OPTION_BYTES_MAX - SOURCE_ROUTE_BYTES; at++, option++) {
		if ((void *)(option + SOURCE_ROUTE_BYTES) > data_end)
			return 0;
		if ((option[0] == IP_LOOSE_ROUTE || option[0] == IP_STRICT_ROUTE) &&
		    option[1] >= SOURCE_ROUTE_BYTES && at + option[1] <= bytes &&
		    option[2] > SOURCE_ROUTE_BYTES)
			return 1;
	}
	return 0;
}

static __always_inline int is_source_routed(struct xdp_md *context, const struct iphdr *ip)
{
	return ip->ihl > 5 && names_routers(context);
}

#endif
