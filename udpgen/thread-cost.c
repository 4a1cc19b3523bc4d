// SPDX-License-Identifier: Apache-2.0
#include "thread-cost.h"

#include <sys/resource.h>

#include "clock.h"

struct thread_cost thread_cost_now(void)
{
	struct rusage usage = { 0 };

	getrusage(RUSAGE_THREAD, &usage);
	return (struct thread_cost){
		.cpu_ns = read_clock_ns(CLOCK_THREAD_CPUTIME_ID),
		.preempted = (uint64_t)usage.ru_nivcsw,
	};
}

struct thread_cost thread_cost_since(struct thread_cost start)
{
	struct thread_cost now = thread_cost_now();

	return (struct thread_cost){
		.cpu_ns = now.cpu_ns - start.cpu_ns,
		.preempted = now.preempted - start.preempted,
	};
}
