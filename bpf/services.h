/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Services, and the next hop behind which each lives: the map that says which datagrams go past the router's stack. */
#ifndef SERVICES_H
#define SERVICES_H

#include "lookup.h"
#include "plain-packet.h"
#include "tc-frame.h"

struct service_key {
	__be32 address;
	__be16 port;
	__u16 unused; /* a hash key is compared whole: no hidden padding */
};

struct service6_key {
	struct in6_addr address;
	__be16 port;
	__u16 unused;
};

_Static_assert(sizeof(struct service_key) == 8, "the key has no hidden padding");
_Static_assert(sizeof(struct service6_key) == 20, "the key has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service_key);
	__type(value, struct next_hop);
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service6_key);
	__type(value, struct next_hop);
} services6 SEC(".maps");

static __always_inline struct next_hop *next_hop4(const void *data)
{
	const struct iphdr *ip = data + ETH_HLEN;
	/* Ports stand at the same place in TCP. */
	const struct udphdr *udp = (const void *)(ip + 1);
	struct service_key key = { .address = ip->daddr, .port = udp->dest };

	return lookup_apart(&services, &key);
}

static __always_inline struct next_hop *next_hop6(const void *data)
{
	const struct ipv6hdr *ip = data + ETH_HLEN;
	const struct udphdr *udp = (const void *)(ip + 1);
	struct service6_key key = { .address = ip->daddr, .port = udp->dest };

	return lookup_apart(&services6, &key);
}

/* Where a frame is to go: NULL where it is no plain packet, or its family's map does not say. */
static __always_inline struct next_hop *find_next_hop(const void *data, const void *data_end,
						      __u32 frame_bytes)
{
	switch (plain_family(data, data_end, frame_bytes)) {
	case ETH_P_IP:
		return next_hop4(data);
	case ETH_P_IPV6:
		return next_hop6(data);
	default:
		return NULL;
	}
}

/* At a TC hook: NULL also for what is not for this host, and too long for the device behind which the service lives. */
static __always_inline struct next_hop *find_way(struct __sk_buff *skb, const void *data)
{
	struct next_hop *hop;

	if (!is_for_us(skb))
		return NULL;
	hop = find_next_hop(data, (void *)(long)skb->data_end, skb->len);
	return hop && !is_too_long(skb, hop->ifindex) ? hop : NULL;
}

#endif
