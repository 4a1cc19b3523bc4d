/* SPDX-License-Identifier: Apache-2.0 */
/* What trials of TCP have that others have not. */
#ifndef UDPGEN_TCP_TRIAL_H
#define UDPGEN_TCP_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "tcp-account.h"
#include "tcp-pool.h"
#include "zerocopy.h"

/* What trials of TCP have besides: of transactions, packets are their number, payload_bytes the question's. */
struct tcp_trial {
	struct tcp_pool *pool;
	uint32_t answer_bytes;
	/* 0 where each transaction follows the one before. */
	double rate_tps;
	/* TRIAL_TCP_STREAM: of all connections together, and those of them that are not timed. */
	uint64_t bytes;
	uint64_t lead_bytes;
	/* Of one send call. */
	uint32_t send_bytes;
	/* The servers send. */
	bool is_down;
};

/* What came of a TCP trial, as the sender's thread saw it. */
struct tcp_record {
	/* errno of what ended it early, or 0; and whether it was the server's end that told. */
	int error;
	/* Time in calls that moved something. */
	uint64_t busy_ns;
	/* From the client to the servers, and back. */
	struct tcp_way forth, back;
	/* TRIAL_TCP_STREAM: bytes that the kernel took, and what became of calls without a copy. */
	uint64_t stream_sent;
	struct zerocopy zerocopy;
};

#endif
