/* SPDX-License-Identifier: Apache-2.0 */
/* What a run of a BPF program costs, beside what a run of a program that does nothing does. */
#ifndef UDPGEN_PROGRAM_COST_H
#define UDPGEN_PROGRAM_COST_H

#include <stdbool.h>
#include <stdint.h>

#include "bpf-program.h"
#include "failure.h"
#include "protocol.h"

struct program_cost_plan {
	/* File of the namespace to run in, NULL for udpgen's own. Strings are the command's. */
	const char *namespace;
	/* Pins. The floor does nothing, so its figures are what measuring costs. */
	const char *program;
	const char *floor;
	struct bpf_input input;
	unsigned char frame[FRAME_BYTES_MAX];
	uint32_t batches;
	/* Of each program in a batch. */
	uint32_t runs;
};

struct program_cost {
	/* What the program returned, every time. */
	uint32_t action;
	/* Interquartile mean of each batch's runs. */
	double program_ns[COST_BATCHES_MAX];
	double floor_ns[COST_BATCHES_MAX];
};

/*
 * Runs both in turn, so that whatever slows the machine slows both. Stays on the CPU meanwhile, if
 * it is not −1.
 */
bool program_cost_measure(struct program_cost *cost, const struct program_cost_plan *plan, int cpu,
			  struct failure *failure);

#endif
