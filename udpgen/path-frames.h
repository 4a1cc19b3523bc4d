/* SPDX-License-Identifier: Apache-2.0 */
/* What engines that send whole frames have of a path: sockets in the client's namespace, and how its flows' frames begin. */
#ifndef UDPGEN_PATH_FRAMES_H
#define UDPGEN_PATH_FRAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "flow-frame.h"
#include "packet-ring.h"
#include "protocol.h"

struct path;
struct path_plan;
struct trial;

struct path_frames {
	/* False where no engine of the path's wants frames; nothing else here counts then. */
	bool is_open;
	/* NETLINK_ROUTE. */
	int netlink;
	/* The client's namespace itself, −1 where it is udpgen's own. */
	int namespace;
	struct packet_ring ring;
	/* Why there are no frames now: an errno, or 0. */
	int error;
	/* Of every flow: all targets are of one family. */
	uint32_t head_bytes;
	uint32_t mtu;
	/* As resolved; lengths, checksums and sums are a trial's. */
	struct flow_frame *flows;
};

bool path_frames_open(struct path_frames *frames, const struct path_plan *plan,
		      struct failure *failure);

void path_frames_close(struct path_frames *frames);

/* Asks the kernel where the path's flows go now. What it finds wrong, trials tell. */
void path_frames_resolve(struct path *path);

/*
 * How the frames of a trial's flows begin, as many as the path has. Returns 0 or an errno, EMSGSIZE where they would be
 * longer than the device's MTU.
 */
int frames_of_trial(const struct trial *trial, struct flow_frame *frames);

#endif
