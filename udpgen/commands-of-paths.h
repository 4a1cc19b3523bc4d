/* SPDX-License-Identifier: Apache-2.0 */
/* Commands about paths and their trials. Each gives the answer, or NULL. */
#ifndef UDPGEN_COMMANDS_OF_PATHS_H
#define UDPGEN_COMMANDS_OF_PATHS_H

#include <jansson.h>

#include "failure.h"

json_t *carry_out_open(json_t *command, struct failure *failure);
json_t *carry_out_block(json_t *command, struct failure *failure);
json_t *carry_out_drain(json_t *command, struct failure *failure);
json_t *carry_out_connect(json_t *command, struct failure *failure);
json_t *carry_out_disconnect(json_t *command, struct failure *failure);
json_t *carry_out_close(json_t *command, struct failure *failure);

/* The sender's CPU as the last `open` had it, −1 before. */
int opened_sender_cpu(void);

#endif
