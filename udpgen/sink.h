/* SPDX-License-Identifier: Apache-2.0 */
/* Takes what comes to a server before its stack does, by a program at its devices: bpf/sink.bpf.c. */
#ifndef UDPGEN_SINK_H
#define UDPGEN_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "failure.h"
#include "sink-order.h"

/* Of a server's namespace. */
#define SINK_DEVICES_MAX 16

union packet;

/* Pins of a server's own program and its maps. */
struct sink_plan {
	const char *program;
	const char *orders;
	const char *queue;
};

struct sink_device {
	uint32_t ifindex;
	unsigned char mac[6];
	/* What holds the program there. */
	int link;
};

struct sink {
	/* NULL where it is not open; nothing else here counts then. */
	struct sink_order *order;
	int queue;
	/* Of the queue: how far it was read, how far it is written, and the bytes, which follow themselves. */
	uint64_t *consumed;
	const uint64_t *produced;
	const unsigned char *bytes;
	uint32_t devices_count;
	struct sink_device devices[SINK_DEVICES_MAX];
};

/*
 * Attaches the program to all devices of the calling thread's network namespace that are up and have frames of Ethernet.
 * Where the plan names none, nothing is opened. sink_close() must follow in any case.
 */
bool sink_open(struct sink *sink, const struct sink_plan *plan, const struct address *address,
	       struct failure *failure);

void sink_close(struct sink *sink);

static inline bool sink_is_open(const struct sink *sink)
{
	return sink->order;
}

/* Has what is for the server taken from now on, or passed on. `wakes` is for who sleeps on sink.queue. */
void sink_take(struct sink *sink, bool takes, bool wakes);

/*
 * The next datagram and its length, in memory that the next call uses again; NULL where there is none. What a network stack
 * would not give to a socket is left out: frames to another address, headers that do not agree, wrong checksums.
 */
const union packet *sink_next(struct sink *sink, size_t *bytes);

#endif
