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
	 * First arrivals whose sequence number is below one that came before: RFC 4737 section 3.3,
	 * Type-P-Reordered.
	 */
	uint32_t reordered;
	/* Arrivals of a sequence number that was there already. */
	uint32_t duplicated;
	/* The sequence number after the highest that arrived. */
	uint32_t next_expected;
	uint64_t arrived[(PACKETS_MAX + 63) / 64];
};

void tally_reset(struct tally *tally, uint32_t packets);

/* Counts an arrival. True if it is this sequence number's first and belongs to the trial. */
static inline bool tally_arrival(struct tally *tally, uint32_t sequence)
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
	if (sequence < tally->next_expected)
		tally->reordered++;
	else
		tally->next_expected = sequence + 1;
	return true;
}

#endif
