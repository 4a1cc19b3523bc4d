/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What a backend knows of the balancer, of IPv6: see marked-service.h. */
#ifndef MARKED_SERVICE6_H
#define MARKED_SERVICE6_H

#include "dscp6.h"
#include "ipv6.h"
#include "marked-service.h"

struct service6 {
	struct in6_addr address;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, struct service_key);
	__type(value, struct service6);
} services6 SEC(".maps");

/* The service whose mark a packet carries. */
static __always_inline struct service6 *marked_service6(const struct ipv6hdr *ip)
{
	struct service_key key = { .dscp = dscp6_of(ip) };

	return bpf_map_lookup_elem(&services6, &key);
}

#endif
