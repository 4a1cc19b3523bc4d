/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Which backend a flow has: the one that it had, or else one by consistent hashing or at random. */
#ifndef BACKEND_CHOICE_H
#define BACKEND_CHOICE_H

#include <stdbool.h>

#include "flow.h"

#define BACKENDS_MAX 64
#define NO_SLOT	     BACKENDS_MAX /* holds no backend, as it is outside of the array */

struct backend {
	__be32 address; /* 0: the slot is empty */
};

struct flow {
	__u32 slot;
	__be32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, BACKENDS_MAX);
	__type(key, __u32);
	__type(value, struct backend);
} backends SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow_key);
	__type(value, struct flow);
} flows SEC(".maps");

static __always_inline __be32 backend_at(__u32 slot)
{
	struct backend *backend = bpf_map_lookup_elem(&backends, &slot);

	return backend ? backend->address : 0;
}

/* The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static __always_inline __u64 mixed(__u64 bits)
{
	bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9;
	bits = (bits ^ bits >> 27) * 0x94d049bb133111eb;
	return bits ^ bits >> 31;
}

static __always_inline __u64 hash_of(const struct flow_key *key)
{
	__u64 addresses = (__u64)key->source_address << 32 | key->destination_address;
	__u64 ports =
		(__u64)key->source_port << 32 | (__u32)key->destination_port << 16 | key->protocol;

	return mixed(mixed(addresses) + ports);
}

/*
 * Rendezvous hashing (Thaler, Ravishankar: Using Name-Based Mappings to Increase Hit Rates, 1998):
 * every backend draws a weight from the flow and its own address, and the highest has it. Whatever
 * becomes of the others, flows of a backend that stays are still highest there. No two addresses draw
 * the same: mixed() is a bijection. With a random number for the flow's hash it is a random choice.
 *
 * Not static, so that the verifier goes through the loop once, and not for every way that leads here.
 */
__noinline __u32 slot_with_highest_weight(__u64 flow_hash)
{
	__u64 highest = 0;
	__u32 slot, chosen = NO_SLOT;

	for (slot = 0; slot < BACKENDS_MAX; slot++) {
		__be32 address = backend_at(slot);
		__u64 weight = mixed(flow_hash + address);

		if (address && weight >= highest) {
			highest = weight;
			chosen = slot;
		}
	}
	return chosen;
}

static __always_inline __u64 random_hash(void)
{
	return (__u64)bpf_get_prandom_u32() << 32 | bpf_get_prandom_u32();
}

static __always_inline bool is_current(const struct flow *flow)
{
	return flow && flow->address == backend_at(flow->slot);
}

/* The backend of a flow; address 0 if there is none. */
static __always_inline struct flow assigned(const struct flow_key *key, bool is_random)
{
	struct flow *known = bpf_map_lookup_elem(&flows, key);
	struct flow chosen;

	if (is_current(known))
		return *known;
	chosen.slot = slot_with_highest_weight(is_random ? random_hash() : hash_of(key));
	chosen.address = backend_at(chosen.slot);
	if (!chosen.address)
		return chosen;
	if (bpf_map_update_elem(&flows, key, &chosen, known ? BPF_ANY : BPF_NOEXIST)) {
		/* Another CPU was first with a packet of this flow, or there is no memory for it. */
		known = bpf_map_lookup_elem(&flows, key);
		if (is_current(known))
			return *known;
	}
	return chosen;
}

#endif
