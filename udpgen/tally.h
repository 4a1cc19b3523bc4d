/* SPDX-License-Identifier: Apache-2.0 */
/* Which sequence numbers of a trial have arrived, and in what order. */
#ifndef UDPGEN_TALLY_H
#define UDPGEN_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

struct tally {
	/* Sequence numbers below this belong to the trial. */
	uint32_t packets;
	/* Different sequence numbers that arrived. */
	uint32_t received;
	/*
	 * First arrivals whose sequence number is below one of their flow that came before: RFC 4737
	 * section 3.3, Type-P-Reordered. Flows may go different ways, and have no order to keep.
	 */
	uint32_t reordered;
	/* Arrivals of a sequence number that was there already. */
	uint32_t duplicated;
	/* The sequence number after the highest that arrived, of each flow and of all. */
	uint32_t next_expected[FLOWS_MAX];
	uint32_t end;
	uint64_t arrived[(PACKETS_MAX + 63) / 64];
};

/* For a trial of so many packets on so many flows, or fewer. */
void tally_reset(struct tally *tally, uint32_t packets, uint32_t flows);

/* Counts an arrival on a flow. True if it is this sequence number's first and belongs to the trial. */
static inline bool tally_arrival(struct tally *tally, uint32_t sequence, uint32_t flow)
{
	uint64_t bit = 1ull << (sequence % 64);

	if (sequence >= tally->packets)
		return false;
	if (tally->arrived[sequence / 64] & bit) {
		tally->duplicated++;
		return false;
	}
	tally->arrived[sequence / 64] |= bit;
	tally->received++;
	if (sequence < tally->next_expected[flow])
		tally->reordered++;
	else
		tally->next_expected[flow] = sequence + 1;
	if (sequence >= tally->end)
		tally->end = sequence + 1;
	return true;
}

#endif
