/* SPDX-License-Identifier: Apache-2.0 */
/* What came to a socket and should not have. */
#ifndef UDPGEN_FAULTS_H
#define UDPGEN_FAULTS_H

#include <stdint.h>

struct faults {
	/* Other content than was sent. */
	uint32_t corrupted;
	/* To another server than the flow called, to another flow's client, or back to the client. */
	uint32_t misdirected;
	/* After their trial was over: a copy of what it had received, or what it took for lost. */
	uint32_t strays;
};

/*
 * Counts a packet of an earlier trial, unless it was sent before `first_trial_id`: what was sent to
 * find out whether the path is up yet may come at any time. Numbers of trials wrap around.
 */
static inline void faults_count_stray(struct faults *faults, uint32_t trial_id,
				      uint32_t first_trial_id)
{
	if ((int32_t)(trial_id - first_trial_id) >= 0)
		faults->strays++;
}

static inline struct faults faults_sum(struct faults a, struct faults b)
{
	return (struct faults){
		.corrupted = a.corrupted + b.corrupted,
		.misdirected = a.misdirected + b.misdirected,
		.strays = a.strays + b.strays,
	};
}

#endif
