/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_TCP_TRIAL_H
#define UDPGEN_PARSE_TCP_TRIAL_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "trial.h"

/* Reads a trial of TCP, whose path and kind are known. */
bool parse_tcp_trial(struct trial *trial, json_t *value, struct failure *failure);

#endif
