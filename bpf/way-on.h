/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Where an XDP program sends a frame, once bpf_fib_lookup() has found its way. */
#ifndef WAY_ON_H
#define WAY_ON_H

#include "arrival.h"

/*
 * Gives a frame the addresses of its next hop. Returns the action that sends it there, or XDP_PASS where it is to go back
 * by the device that it came in by, and was for another host there.
 */
static __always_inline int take_way(struct xdp_md *context, struct ethhdr *eth,
				    const struct bpf_fib_lookup *route)
{
	bool is_way_back = route->ifindex == context->ingress_ifindex;

	if (is_way_back && !is_same_mac(eth->h_dest, route->smac))
		return XDP_PASS;
	__builtin_memcpy(eth->h_source, route->smac, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, route->dmac, ETH_ALEN);
	return is_way_back ? XDP_TX : bpf_redirect(route->ifindex, 0);
}

#endif
