/* SPDX-License-Identifier: Apache-2.0 */
/* How a flood's packets are handed to the kernel. */
#ifndef UDPGEN_ENGINE_H
#define UDPGEN_ENGINE_H

#include <stdbool.h>

#include "failure.h"

enum engine {
	/* A datagram of a socket for each packet. */
	ENGINE_SOCKET,
	/* Up to a batch of packets in one datagram, which the kernel cuts (UDP_SEGMENT) and merges again (UDP_GRO). */
	ENGINE_GSO,
	/* Whole frames from a ring to the route's device (AF_PACKET), past the client's stack. */
	ENGINE_PACKET,
	/* Whole frames that an XDP program sends out of that device (BPF_F_TEST_XDP_LIVE_FRAMES), without an skb. */
	ENGINE_XDP,

	ENGINES
};

/* What commands and answers call it: socket, gso, packet, xdp. */
const char *engine_name(enum engine engine);

/* The engine of that name. */
bool engine_named(const char *name, enum engine *engine, struct failure *failure);

/* What a send's errno means there, where that is not what strerror(3) says; else NULL. */
const char *engine_error_text(enum engine engine, int error);

#endif
