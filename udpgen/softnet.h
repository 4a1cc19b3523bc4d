/* SPDX-License-Identifier: Apache-2.0 */
/* Which CPUs the kernel received packets on. */
#ifndef UDPGEN_SOFTNET_H
#define UDPGEN_SOFTNET_H

#include <stdint.h>

/* Packets received since the machine started, at every device they came by; they wrap around. */
struct softnet {
	uint32_t sender_cpu;
	uint32_t other_cpus;
};

/* Of all network namespaces; all 0 where the kernel does not tell. */
struct softnet softnet_now(int sender_cpu);

#endif
