/* SPDX-License-Identifier: Apache-2.0 */
/* Where the kernel would send the packets of a flow: its route, the device, and the next hop's address. */
#ifndef UDPGEN_ROUTE_H
#define UDPGEN_ROUTE_H

#include <stdint.h>

#include "address.h"

struct route {
	uint32_t ifindex;
	uint32_t mtu;
	unsigned char source_mac[6];
	unsigned char next_mac[6];
};

/*
 * Asks over a netlink socket (NETLINK_ROUTE), whose network namespace is meant. A next hop that is not known is asked for
 * its address first. Returns 0 or an errno: ENODEV where the device has no frames of Ethernet, EHOSTUNREACH where the
 * next hop does not answer.
 */
int route_find(int netlink, const struct address *source, const struct address *target,
	       struct route *route);

#endif
