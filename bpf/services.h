/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Services, and the next hop behind which each lives: the map that says which datagrams go past the router's stack. */
#ifndef SERVICES_H
#define SERVICES_H

#include "plain-udp.h"

struct service_key {
	__be32 address;
	__be16 port;
	__u16 unused; /* a hash key is compared whole: no hidden padding */
};

_Static_assert(sizeof(struct service_key) == 8, "the key has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service_key);
	__type(value, struct next_hop);
} services SEC(".maps");

/* Where a plain UDP datagram is to go; NULL where the map does not say. */
static __always_inline struct next_hop *next_hop_of(const void *data)
{
	const struct iphdr *ip = data + ETH_HLEN;
	const struct udphdr *udp = (const void *)(ip + 1);
	struct service_key key = { .address = ip->daddr, .port = udp->dest };

	return bpf_map_lookup_elem(&services, &key);
}

#endif
