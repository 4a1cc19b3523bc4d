/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_PROGRAM_COST_H
#define UDPGEN_PARSE_PROGRAM_COST_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "program-cost.h"

/* Reads a `programCost` command. The plan's strings are the command's. */
bool parse_program_cost(struct program_cost_plan *plan, json_t *command, struct failure *failure);

#endif
