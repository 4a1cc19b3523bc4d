/* SPDX-License-Identifier: Apache-2.0 */
/* The two threads that run trials, for as long as the process lives. */
#ifndef UDPGEN_WORKERS_H
#define UDPGEN_WORKERS_H

#include <stdbool.h>

#include "block.h"
#include "failure.h"

/* Starts both; they sleep until there is a block. Returns 0 or an errno. */
int workers_start(void);

bool workers_pin(int sender_cpu, int receiver_cpu, struct failure *failure);

/* Runs every trial of a prepared block, in order; sleeps meanwhile. */
void workers_run(struct block *block, bool blocking);

#endif
