/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_BLOCK_H
#define UDPGEN_PARSE_BLOCK_H

#include <jansson.h>
#include <stdbool.h>

#include "block.h"
#include "failure.h"
#include "path.h"

/* The kind's name in commands and records. */
const char *trial_kind_name(enum trial_kind kind);

/* Reads the trials of a `block` command, which run on these paths. Leaves trial.id to the caller. */
bool parse_block(struct block *block, json_t *command, struct path *paths, size_t paths_count,
		 struct failure *failure);

#endif
