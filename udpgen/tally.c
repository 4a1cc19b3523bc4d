// SPDX-License-Identifier: Apache-2.0
#include "tally.h"

#include <string.h>

void tally_reset(struct tally *tally, uint32_t packets, uint32_t flows)
{
	/* Nothing at or above the end is set. */
	memset(tally->arrived, 0, ((size_t)tally->end + 63) / 64 * sizeof(uint64_t));
	memset(tally->next_expected, 0, flows * sizeof(tally->next_expected[0]));
	tally->packets = packets;
	tally->received = 0;
	tally->reordered = 0;
	tally->duplicated = 0;
	tally->end = 0;
}
