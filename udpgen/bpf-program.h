/* SPDX-License-Identifier: Apache-2.0 */
/* Pinned BPF programs, and single runs of them by the kernel. */
#ifndef UDPGEN_BPF_PROGRAM_H
#define UDPGEN_BPF_PROGRAM_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include "failure.h"

/* Opens what is pinned, which `what` calls: "program", "map". Returns a descriptor, or -1. */
int bpf_pin_open(const char *what, const char *pin, struct failure *failure);

/* What a program is run on. */
struct bpf_input {
	/* BPF_PROG_TYPE_XDP or BPF_PROG_TYPE_SCHED_CLS. */
	uint32_t type;
	/* The device that the frame came by, of the calling thread's namespace. */
	uint32_t ifindex;
	const unsigned char *frame;
	uint32_t frame_bytes;
};

struct bpf_run {
	/* What the program returned. */
	uint32_t action;
	uint32_t duration_ns;
};

/* A descriptor of the program pinned there, or −1: also if it is of another type. */
int bpf_program_open(const char *pin, uint32_t type, struct failure *failure);

/*
 * Runs the program once on a fresh copy of the frame; nothing is sent (BPF_PROG_TEST_RUN). Returns 0
 * or an errno.
 */
int bpf_program_run(int descriptor, const struct bpf_input *input, struct bpf_run *run);

/* How often the pinned program has run while the kernel counted. */
bool bpf_program_runs(const char *pin, uint64_t *runs, struct failure *failure);

#endif
