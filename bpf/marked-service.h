/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What a backend knows of the balancer: which address a code point stands for. */
#ifndef MARKED_SERVICE_H
#define MARKED_SERVICE_H

#include "dscp.h"
#include "ipv4.h"

struct service_key {
	__u32 dscp;
};

struct service {
	__be32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, struct service_key);
	__type(value, struct service);
} services SEC(".maps");

/* The service whose mark a packet carries. */
static __always_inline struct service *marked_service(const struct iphdr *ip)
{
	struct service_key key = { .dscp = dscp_of(ip) };

	return bpf_map_lookup_elem(&services, &key);
}

#endif
