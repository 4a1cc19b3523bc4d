/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_DRAIN_H
#define UDPGEN_DRAIN_H

#include <stddef.h>
#include <stdint.h>

#include "faults.h"
#include "path.h"

/*
 * Takes what waits in the sockets while no trial of theirs is under way: stragglers of earlier trials,
 * which count as faults.
 */
void drain(const int *sockets, size_t count, uint32_t first_trial_id, struct faults *faults);

/* Drains both ends of a path. */
void drain_path(struct path *path, struct faults *faults);

/* As drain(), at what was taken before the servers' stacks. */
void drain_sinks(struct path *path, struct faults *faults);

#endif
