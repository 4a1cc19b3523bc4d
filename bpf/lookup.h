/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef LOOKUP_H
#define LOOKUP_H

#include <linux/types.h>

#include <bpf/bpf_helpers.h>

/*
 * A map's value for a key, where another branch looks another map up. The compiler would make a single call of both,
 * with either map, and the kernel inlines a lookup only where one map alone can be meant (do_misc_fixups() in
 * kernel/bpf/verifier.c): a generic one costs tens of nanoseconds. It merges no statements of assembler.
 */
static __always_inline void *lookup_apart(void *map, const void *key)
{
	void *value = bpf_map_lookup_elem(map, key);

	barrier_var(value);
	return value;
}

#endif
