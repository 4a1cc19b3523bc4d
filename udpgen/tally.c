// SPDX-License-Identifier: Apache-2.0
#include "tally.h"

#include <string.h>

void tally_reset(struct tally *tally, uint32_t packets)
{
	/* Nothing at or above next_expected is set. */
	memset(tally->arrived, 0, ((size_t)tally->next_expected + 63) / 64 * sizeof(uint64_t));
	tally->packets = packets;
	tally->received = 0;
	tally->reordered = 0;
	tally->duplicated = 0;
	tally->next_expected = 0;
}
