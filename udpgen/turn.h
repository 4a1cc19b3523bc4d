/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A counter that one thread raises and another waits for: how the sender and the receiver of a
 * block keep step. Spinning, as both own a CPU; or by futex, where a waiter must leave its CPU to
 * others.
 */
#ifndef UDPGEN_TURN_H
#define UDPGEN_TURN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct turn {
	/* On a cache line of its own: waiting for one must not slow whoever raises another. */
	_Alignas(64) _Atomic uint32_t value;
};

/* Raises the counter. What the caller wrote before is seen by whoever saw the new value. */
void turn_raise(struct turn *turn, uint32_t value, bool blocking);

void turn_await(struct turn *turn, uint32_t value, bool blocking);

static inline bool turn_reached(struct turn *turn, uint32_t value)
{
	return atomic_load_explicit(&turn->value, memory_order_acquire) >= value;
}

#endif
