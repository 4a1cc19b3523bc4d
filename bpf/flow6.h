/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A flow of IPv6: as flow.h has it of IPv4. */
#ifndef FLOW6_H
#define FLOW6_H

#include "flow.h"
#include "ipv6.h"

struct flow6_key {
	struct in6_addr source_address;
	struct in6_addr destination_address;
	__be16 source_port;
	__be16 destination_port;
	__u8 protocol;
	__u8 unused[3]; /* a hash key is compared whole: no hidden padding */
};

_Static_assert(sizeof(struct flow6_key) == 40, "the key has no hidden padding");

/* The flow of packets with this header; `ports` is what their content begins with. */
static __always_inline struct flow6_key flow6_of(const struct ipv6hdr *ip,
						 const struct ports *ports)
{
	return (struct flow6_key){
		.source_address = ip->saddr,
		.destination_address = ip->daddr,
		.source_port = ports->source,
		.destination_port = ports->destination,
		.protocol = ip->nexthdr,
	};
}

/* The flow that packets with this header answer. */
static __always_inline struct flow6_key answered_flow6_of(const struct ipv6hdr *ip,
							  const struct ports *ports)
{
	return (struct flow6_key){
		.source_address = ip->daddr,
		.destination_address = ip->saddr,
		.source_port = ports->destination,
		.destination_port = ports->source,
		.protocol = ip->nexthdr,
	};
}

#endif
