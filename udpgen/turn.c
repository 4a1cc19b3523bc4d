// SPDX-License-Identifier: Apache-2.0
#include "turn.h"

#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"

void turn_raise(struct turn *turn, uint32_t value, bool blocking)
{
	atomic_store_explicit(&turn->value, value, memory_order_release);
	if (blocking)
		syscall(SYS_futex, &turn->value, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void turn_await(struct turn *turn, uint32_t value, bool blocking)
{
	while (!turn_reached(turn, value)) {
		uint32_t seen = atomic_load_explicit(&turn->value, memory_order_relaxed);

		if (!blocking)
			relax_cpu();
		else if (seen < value)
			syscall(SYS_futex, &turn->value, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
	}
}
