/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Which backend a flow of IPv6 has: as backend-choice.h has it of IPv4. */
#ifndef BACKEND_CHOICE6_H
#define BACKEND_CHOICE6_H

#include "backend-choice.h"
#include "flow6.h"

struct backend6 {
	struct in6_addr address; /* ::: the slot is empty */
};

struct flow6 {
	__u32 slot;
	struct in6_addr address;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, BACKENDS_MAX);
	__type(key, __u32);
	__type(value, struct backend6);
} backends6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow6_key);
	__type(value, struct flow6);
} flows6 SEC(".maps");

static __always_inline __u64 half_of(const struct in6_addr *address, int half)
{
	return (__u64)address->in6_u.u6_addr32[2 * half] << 32 |
	       address->in6_u.u6_addr32[2 * half + 1];
}

/* Both halves count; what two addresses draw is the same by chance alone. */
static __always_inline __u64 mixed_address6(__u64 bits, const struct in6_addr *address)
{
	return mixed(mixed(bits + half_of(address, 0)) + half_of(address, 1));
}

static __always_inline __u64 hash6_of(const struct flow6_key *key)
{
	__u64 ports =
		(__u64)key->source_port << 32 | (__u32)key->destination_port << 16 | key->protocol;

	return mixed(
		mixed_address6(mixed_address6(0, &key->source_address), &key->destination_address) +
		ports);
}

/* As slot_with_highest_weight(). */
__noinline __u32 slot6_with_highest_weight(__u64 flow_hash)
{
	__u64 highest = 0;
	__u32 slot, chosen = NO_SLOT;

	for (slot = 0; slot < BACKENDS_MAX; slot++) {
		__u32 at = slot;
		struct backend6 *backend = bpf_map_lookup_elem(&backends6, &at);
		__u64 weight;

		if (!backend || is_no_address6(&backend->address))
			continue;
		weight = mixed_address6(flow_hash, &backend->address);
		if (weight >= highest) {
			highest = weight;
			chosen = slot;
		}
	}
	return chosen;
}

static __always_inline bool is_current6(const struct flow6 *flow)
{
	struct backend6 *backend;
	__u32 slot;

	if (!flow)
		return false;
	slot = flow->slot;
	backend = bpf_map_lookup_elem(&backends6, &slot);
	return backend && is_same_address6(&flow->address, &backend->address);
}

/* The address of a flow's backend; false if there is none. */
static __always_inline bool assigned6(const struct flow6_key *key, bool is_random,
				      struct in6_addr *address)
{
	struct flow6 *known = bpf_map_lookup_elem(&flows6, key);
	struct backend6 *backend;
	struct flow6 chosen;

	if (is_current6(known)) {
		*address = known->address;
		return true;
	}
	chosen.slot = slot6_with_highest_weight(is_random ? random_hash() : hash6_of(key));
	backend = bpf_map_lookup_elem(&backends6, &chosen.slot);
	if (!backend)
		return false;
	chosen.address = backend->address;
	if (bpf_map_update_elem(&flows6, key, &chosen, known ? BPF_ANY : BPF_NOEXIST)) {
		/* Another CPU was first with a packet of this flow, or there is no memory for it. */
		known = bpf_map_lookup_elem(&flows6, key);
		if (is_current6(known))
			chosen.address = known->address;
	}
	*address = chosen.address;
	return !is_no_address6(address);
}

#endif
