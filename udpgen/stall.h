/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long a sender has been refused. Any refusal is tried again for a while, as most pass: a full
 * buffer or queue (EAGAIN, ENOBUFS), an ICMP error about an earlier packet (ECONNREFUSED).
 */
#ifndef UDPGEN_STALL_H
#define UDPGEN_STALL_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "clock.h"

struct stall {
	/* 0 while packets are accepted. */
	uint64_t since_ns;
};

static inline void stall_ends(struct stall *stall)
{
	stall->since_ns = 0;
}

/* To be called after a send call that took nothing. True when it is time to give up. */
static inline bool stall_is_final(struct stall *stall)
{
	uint64_t refused_ns = now_ns();

	if (stall->since_ns == 0)
		stall->since_ns = refused_ns;
	return refused_ns - stall->since_ns > STALL_TIMEOUT_NS;
}

#endif
