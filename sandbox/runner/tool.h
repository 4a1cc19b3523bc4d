// SPDX-License-Identifier: Apache-2.0
/* A step's tool: made, waited for, and answered for. */
#ifndef RUNNER_TOOL_H
#define RUNNER_TOOL_H

#include "list.h"

/* Carries a list of steps out, and answers for each; the first that fails ends it. */
void serve(struct list list, int connection);

/* Answers a list whose own process could not be made, as `why`, an errno, says. */
void turn_down(int connection, int why);

#endif
