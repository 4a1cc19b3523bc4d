/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel says of connections: how many segments and packets went which way, and which again. */
#ifndef UDPGEN_TCP_ACCOUNT_H
#define UDPGEN_TCP_ACCOUNT_H

#include <stdint.h>

#include "tcp-pool.h"

/* Sums of TCP_INFO over the sockets of one end. */
struct tcp_totals {
	uint64_t segments_out;
	uint64_t retransmitted;
	/*
	 * Of what was sent, came twice by what the other end says (DSACK, RFC 2883), beyond what was sent again: copies
	 * that the way made, as tcp_dsack_seen() tells them. Kept from a connection's start on, as such a word may come
	 * long after what it is about.
	 */
	uint64_t duplicated;
	uint64_t segments_in;
	uint64_t data_segments_in;
	uint64_t bytes_in;
	/* Means of the sockets as they are now: congestion window, segments, and smoothed round-trip time. */
	uint64_t window;
	uint64_t smoothed_rtt_ns;
};

/*
 * One way over the path. A packet may carry many segments where devices segment and merge (TSO, GRO), so that
 * of packets only bounds are known: as many as segments, or as few as hold what came.
 */
struct tcp_way {
	uint64_t segments;
	uint64_t retransmitted;
	/* Arrived once more, though sent once. */
	uint64_t duplicated;
	uint64_t packets_least;
	uint64_t packets_most;
	uint64_t window;
	uint64_t smoothed_rtt_ns;
};

struct tcp_account {
	struct tcp_totals clients;
	struct tcp_totals servers;
};

struct tcp_totals tcp_totals_of(const int *sockets, uint32_t count);

struct tcp_account tcp_account_now(const struct tcp_pool *pool);

/*
 * What went over the path since then. Has both ends acknowledge what they owe first, so that nothing is on
 * its way after. `messages`: so many came one at a time, a packet each at least; 0 where they ran together.
 */
void tcp_account_since(const struct tcp_account *start, const struct tcp_pool *pool,
		       uint32_t messages, struct tcp_way *forth, struct tcp_way *back);

#endif
