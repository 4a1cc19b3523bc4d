/* SPDX-License-Identifier: Apache-2.0 */
/* The sender of a flood: what its engines share. A file each, flood-*.c. */
#ifndef UDPGEN_FLOOD_H
#define UDPGEN_FLOOD_H

#include "packet-batch.h"
#include "stall.h"
#include "trial.h"

/* Packets of the trial under way, before they are sent. */
extern struct packet_batch flood_outbox;

/* Packets that a flow sends before it is the next one's turn: so few that they go round all flows, where there are enough. */
static inline uint32_t burst_packets(const struct trial *trial)
{
	uint32_t share = trial->packets / trial->path->flows_count;

	if (share < 1)
		return 1;
	return share < BATCH_PACKETS ? share : BATCH_PACKETS;
}

static inline uint32_t next_burst(const struct run *run, uint32_t burst)
{
	uint32_t left = run->trial->packets - run->record->sent;

	return left < burst ? left : burst;
}

/* Counts what came of a send call. False if it is time to give up; errno tells why. */
static inline bool count_accepted(struct record *record, struct stall *stall, uint32_t offered,
				  int accepted)
{
	if (accepted < (int)offered)
		record->short_sends++;
	if (accepted > 0) {
		record->sent += (uint32_t)accepted;
		stall_ends(stall);
	} else if (stall_is_final(stall)) {
		record->send_error = errno;
		return false;
	}
	return true;
}

/* Each engine's, before the timing begins: all that is the same for every packet. And the sending. */
void socket_arrange(const struct run *run);
void socket_send(const struct run *run);
void gso_arrange(const struct run *run);
void gso_send(const struct run *run);
void packet_arrange(const struct run *run);
void packet_send(const struct run *run);
void xdp_arrange(const struct run *run);
void xdp_send(const struct run *run);

#endif
