/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sends that the kernel does not copy (MSG_ZEROCOPY, Documentation/networking/msg_zerocopy.rst). When it is done with what
 * a call gave it, a notice waits in the socket's error queue, which says whether it copied after all: as it does
 * wherever a packet comes to a socket of the same kernel, over loopback or veth (skb_orphan_frags_rx()).
 */
#ifndef UDPGEN_ZEROCOPY_H
#define UDPGEN_ZEROCOPY_H

#include <stdbool.h>
#include <stdint.h>

struct zerocopy {
	/* Calls that took something. */
	uint64_t sends;
	/* Those of them that the kernel is done with, and of these those whose bytes it copied. */
	uint64_t completed;
	uint64_t copied;
};

bool zerocopy_set(int socket);

/* Takes the notices that wait: while there are any, a sleep on the socket ends at once. */
void zerocopy_reap(int socket, struct zerocopy *zerocopy);

/* Takes them until none is missing, or for so long. What has arrived the kernel is soon done with. */
void zerocopy_await(const int *sockets, uint32_t count, struct zerocopy *zerocopy,
		    uint64_t timeout_ns);

#endif
