/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* A flow: the packets of one direction between two ports. */
#ifndef FLOW_H
#define FLOW_H

#include "ipv4.h"

/* As many as hold 100,000 flows with some to spare: an LRU map keeps a part of its free entries in
 * lists of single CPUs, where others do not find them (kernel/bpf/bpf_lru_list.c). */
#define FLOWS_MAX 131072

struct flow_key {
	__be32 source_address;
	__be32 destination_address;
	__be16 source_port;
	__be16 destination_port;
	__u8 protocol;
	__u8 unused[3]; /* a hash key is compared whole: no hidden padding */
};

_Static_assert(sizeof(struct flow_key) == 16, "the key has no hidden padding");

/* What TCP and UDP headers begin with. */
struct ports {
	__be16 source;
	__be16 destination;
};

/* The flow of packets with this header; `ports` follows it. */
static __always_inline struct flow_key flow_of(const struct iphdr *ip, const struct ports *ports)
{
	return (struct flow_key){
		.source_address = ip->saddr,
		.destination_address = ip->daddr,
		.source_port = ports->source,
		.destination_port = ports->destination,
		.protocol = ip->protocol,
	};
}

/* The flow that packets with this header answer. */
static __always_inline struct flow_key answered_flow_of(const struct iphdr *ip,
							const struct ports *ports)
{
	return (struct flow_key){
		.source_address = ip->daddr,
		.destination_address = ip->saddr,
		.source_port = ports->destination,
		.destination_port = ports->source,
		.protocol = ip->protocol,
	};
}

#endif
