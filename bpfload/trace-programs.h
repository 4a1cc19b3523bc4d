/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of paths, at whose beginning and end packets are seen: bpf/trace-program.bpf.c, once for each. */
#ifndef BPFLOAD_TRACE_PROGRAMS_H
#define BPFLOAD_TRACE_PROGRAMS_H

#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

struct program_probe {
	/* The kernel's number of the program that is looked at; 0 where it could not be opened. */
	__u32 id;
	/* NULL where the kernel lets nobody look at this program. */
	struct bpf_object *object;
	struct bpf_link *begins, *ends;
};

struct program_probes {
	struct program_probe *all;
	size_t count;
	/* Numbers of those that are not looked at, and why: [[number, why]…]. */
	json_t *refused;
};

/*
 * Loads the probes of programs by their pins.
 *
 * @param file the object of such a probe
 * @param stations the object whose maps it shares
 */
bool program_probes_open(struct program_probes *probes, const char *file, json_t *pins,
			 const struct bpf_object *stations, struct failure *failure);
bool program_probes_attach(struct program_probes *probes, struct failure *failure);
void program_probes_detach(struct program_probes *probes);
/* Its place in the order by the kernel's number of it; -1 where it is none of those. */
json_int_t program_place(const struct program_probes *probes, __u64 id);

void program_probes_close(struct program_probes *probes);

#endif
