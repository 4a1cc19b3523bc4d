/* SPDX-License-Identifier: Apache-2.0 */
/* Commands about the kernel, and about what web servers answer. Each gives the answer, or NULL. */
#ifndef UDPGEN_COMMANDS_OF_KERNEL_H
#define UDPGEN_COMMANDS_OF_KERNEL_H

#include <jansson.h>

#include "failure.h"

json_t *carry_out_bpf_stats(json_t *command, struct failure *failure);
json_t *carry_out_program_cost(json_t *command, struct failure *failure);
json_t *carry_out_counters(json_t *command, struct failure *failure);
json_t *carry_out_checksums(json_t *command, struct failure *failure);
json_t *carry_out_tables(json_t *command, struct failure *failure);
json_t *carry_out_program_runs(json_t *command, struct failure *failure);
json_t *carry_out_map_values(json_t *command, struct failure *failure);
json_t *carry_out_fetch(json_t *command, struct failure *failure);
json_t *carry_out_served(json_t *command, struct failure *failure);

#endif
