// SPDX-License-Identifier: Apache-2.0
#include "block.h"

#include <stdlib.h>
#include <string.h>

static struct histogram *pool;
static size_t pool_histograms;

int histograms_of(enum trial_kind kind)
{
	return kind == TRIAL_FLOOD || kind == TRIAL_TCP_STREAM ? 0 : HISTOGRAMS_PER_TRIAL;
}

static bool grow_pool(size_t histograms, struct failure *failure)
{
	if (histograms <= pool_histograms)
		return true;
	free(pool);
	pool_histograms = 0;
	pool = calloc(histograms, sizeof(*pool));
	if (!pool)
		return fail(failure, "could not allocate %zu histograms", histograms);
	pool_histograms = histograms;
	return true;
}

static bool sends_frames(const struct block *block, const struct path *path)
{
	for (uint32_t i = 0; i < block->trials_count; i++)
		if (block->trials[i].path == path && block->trials[i].engine >= ENGINE_PACKET)
			return true;
	return false;
}

void block_find_ways(const struct block *block, struct path *paths, size_t paths_count)
{
	for (size_t i = 0; i < paths_count; i++)
		if (sends_frames(block, &paths[i]))
			path_frames_resolve(&paths[i]);
}

bool block_prepare(struct block *block, struct failure *failure)
{
	size_t wanted = 0, taken = 0;

	for (uint32_t i = 0; i < block->trials_count; i++)
		wanted += (size_t)histograms_of(block->trials[i].kind);
	if (!grow_pool(wanted, failure))
		return false;
	for (uint32_t i = 0; i < block->trials_count; i++) {
		struct record *record = &block->records[i];

		memset(record, 0, sizeof(*record));
		for (int h = 0; h < histograms_of(block->trials[i].kind); h++) {
			record->histograms[h] = &pool[taken++];
			histogram_reset(record->histograms[h]);
		}
	}
	return true;
}
