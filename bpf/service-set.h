/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The services whose calls are translated, of both families: which ones, and no more. */
#ifndef SERVICE_SET_H
#define SERVICE_SET_H

#include "service-key.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, struct service_key);
	__type(value, __u8); /* of no meaning: all services have the same backends here */
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, struct service6_key);
	__type(value, __u8);
} services6 SEC(".maps");

#endif
