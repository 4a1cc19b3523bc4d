/* SPDX-License-Identifier: Apache-2.0 */
/* A block: trials that run back to back, with nothing else in between. */
#ifndef UDPGEN_BLOCK_H
#define UDPGEN_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "trial.h"

struct block {
	uint32_t trials_count;
	struct trial trials[TRIALS_MAX];
	struct record records[TRIALS_MAX];
};

/* The histograms that trials of this kind fill. */
int histograms_of(enum trial_kind kind);

/*
 * Empties the records and takes memory for what the trials will record, so that nothing is
 * allocated from here to their end. Memory of earlier blocks is used again.
 */
bool block_prepare(struct block *block, struct failure *failure);

/* Finds out where whole frames are to be sent, for the paths of trials that send such. */
void block_find_ways(const struct block *block, struct path *paths, size_t paths_count);

#endif
