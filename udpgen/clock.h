/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_CLOCK_H
#define UDPGEN_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "protocol.h"

static inline uint64_t read_clock_ns(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

/* CLOCK_MONOTONIC, which the vDSO reads without a system call. */
static inline uint64_t now_ns(void)
{
	return read_clock_ns(CLOCK_MONOTONIC);
}

/*
 * When this process started to answer: times go over the wire as offsets from then, as a machine that has
 * been up for 104 days has more nanoseconds than a JSON number holds exactly (2^53).
 */
extern uint64_t clock_origin_ns;

/* Tells the core that this is a spin loop. */
static inline void relax_cpu(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

#endif
