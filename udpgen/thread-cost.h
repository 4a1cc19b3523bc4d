/* SPDX-License-Identifier: Apache-2.0 */
/* What a trial cost the calling thread. */
#ifndef UDPGEN_THREAD_COST_H
#define UDPGEN_THREAD_COST_H

#include <stdint.h>

struct thread_cost {
	/*
	 * CLOCK_THREAD_CPUTIME_ID: includes the kernel's work on the thread's behalf, and softirqs
	 * that ran on top of it unless the kernel accounts those apart (IRQ_TIME_ACCOUNTING).
	 */
	uint64_t cpu_ns;
	/* Involuntary context switches. */
	uint64_t preempted;
};

struct thread_cost thread_cost_now(void);

/* What was spent since then. */
struct thread_cost thread_cost_since(struct thread_cost start);

#endif
