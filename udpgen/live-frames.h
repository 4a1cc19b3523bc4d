/* SPDX-License-Identifier: Apache-2.0 */
/* What the generator and its program in the kernel, bpf/live-frames.bpf.c, share. */
#ifndef UDPGEN_LIVE_FRAMES_H
#define UDPGEN_LIVE_FRAMES_H

#include <stdint.h>

#include "flow-frame.h"
#include "protocol.h"

/* Frames that the kernel runs the program on before it hands them to the device. A veth has 256 places for them. */
#define LIVE_BATCH_FRAMES 64

struct live_flood {
	/* Set by the program: CLOCK_MONOTONIC when it met the first frame of a trial, 0 before. */
	uint64_t first_ns;
	/* The same when it met the first frame of a batch after those of the trial: all these have left by then. */
	uint64_t last_ns;
	/* Frames to send; what the kernel makes beyond them is dropped. And all that it has made. */
	uint32_t packets;
	uint32_t made;
	/* The next frame's sequence number, flow, and how many of that flow are left of its turn. */
	uint32_t sequence;
	uint32_t flow;
	uint32_t turn_left;
	uint32_t flows_count;
	uint32_t burst;
	uint32_t head_bytes;
	/* Of all frames, but for what is theirs. */
	struct packet_header header;
	struct flow_frame frames[FLOWS_MAX];
};

#endif
