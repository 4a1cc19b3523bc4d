/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_TCP_POOLS_H
#define UDPGEN_PARSE_TCP_POOLS_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "path.h"

/* Reads the TCP connections of a path in an `open` command, NULL for none. */
bool parse_tcp_pools(struct path_plan *plan, json_t *list, struct failure *failure);

#endif
