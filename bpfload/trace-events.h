/* SPDX-License-Identifier: Apache-2.0 */
/* What bpf/trace.bpf.c saw, as JSON. */
#ifndef BPFLOAD_TRACE_EVENTS_H
#define BPFLOAD_TRACE_EVENTS_H

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "trace-programs.h"

struct events {
	/* Of all CPUs. */
	struct ring_buffer *rings;
	/* How many found no room: a map. */
	int lost;
	/* Of the kernel, for the names of reasons. */
	const struct btf *kernel;
	/* Of the order, for their places in it. */
	const struct program_probes *programs;
	/* What is being taken; NULL where it is dropped. */
	json_t *taken;
};

/* Before the object is loaded: a ring for each CPU. */
bool events_make_room(const struct bpf_object *object);

/*
 * `events` stays where it is, with `kernel` and `programs` set.
 *
 * @param events_max so many are kept until they are taken
 */
bool events_open(struct events *events, const struct bpf_object *object, __u64 events_max,
		 struct failure *failure);
void events_close(struct events *events);

/* {events, lost}: all since the last time, and how many found no room since the beginning. */
json_t *events_take(struct events *events);
/* Forgets them. */
void events_drop(struct events *events);

#endif
