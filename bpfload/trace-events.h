/* SPDX-License-Identifier: Apache-2.0 */
/* What bpf/trace.bpf.c saw, as JSON. */
#ifndef BPFLOAD_TRACE_EVENTS_H
#define BPFLOAD_TRACE_EVENTS_H

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

struct events {
	struct ring_buffer *ring;
	/* How many found no room: a map. */
	int lost;
	/* Of the kernel, for the names of reasons. */
	const struct btf *kernel;
	/* What is being taken. */
	json_t *taken;
};

/* The size of a ring that holds so many events. */
__u32 ring_bytes(__u64 events_max);

/* `events` stays where it is. */
bool events_open(struct events *events, struct bpf_object *object, const struct btf *kernel,
		 struct failure *failure);
void events_close(struct events *events);

/* {events, lost}: all since the last time, and how many found no room since the beginning. */
json_t *events_take(struct events *events);

#endif
