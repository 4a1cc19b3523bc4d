/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_FETCH_H
#define UDPGEN_PARSE_FETCH_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "fetch.h"

/* Reads a `fetch` command. The plan's strings are the command's. */
bool parse_fetch(struct fetch_plan *plan, json_t *command, struct failure *failure);

#endif
