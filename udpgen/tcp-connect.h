/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_TCP_CONNECT_H
#define UDPGEN_TCP_CONNECT_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "path.h"

struct tcp_connected {
	/* Connections that there are to be, and that both ends have found each other over. */
	uint32_t wanted;
	uint32_t established;
	/* Came out at another server than was called. */
	uint32_t misdirected;
	/* errno of one that was refused, or 0. */
	int error;
};

/*
 * Opens all connections of a path anew, and has both ends say who they are: an address says nothing where one
 * is put into another's place. Takes at most so long. Where not all are there in the end, none is.
 * False where it could not begin.
 *
 * `id` differs from those of all trials and of other such calls.
 */
bool tcp_connect_all(struct tcp_ends *ends, uint32_t id, uint64_t timeout_ns,
		     struct tcp_connected *connected, struct failure *failure);

#endif
