/* SPDX-License-Identifier: Apache-2.0 */
/* What the generator and the program that takes a server's packets, bpf/sink.bpf.c, share. */
#ifndef UDPGEN_SINK_ORDER_H
#define UDPGEN_SINK_ORDER_H

#include <stdint.h>

/* Of a queue, a power of two and of pages: what the longest trials' packets find room in while the generator looks away. */
#define SINK_QUEUE_BYTES (8 * 1024 * 1024)
/* The longest frame that is taken: of an MTU of 1500. */
#define SINK_FRAME_BYTES_MAX 1520
/* Most frames are short, and a place in the queue has to be one of few sizes. */
#define SINK_SHORT_BYTES_MAX 160

/* Which packets are taken. Addresses and port are in network order. */
struct sink_order {
	/* 0: none. */
	uint32_t is_active;
	/* Whether a sleeping receiver is woken. */
	uint32_t wakes;
	/* 4 or 6. */
	uint16_t version;
	uint16_t port;
	/* Of IPv4 the first word. */
	uint32_t address[4];
};

/* A place in the queue: the frame follows. */
struct sink_frame {
	uint32_t bytes;
	/* The device that it came by. */
	uint32_t ifindex;
};

#endif
