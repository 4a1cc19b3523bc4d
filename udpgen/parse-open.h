/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PARSE_OPEN_H
#define UDPGEN_PARSE_OPEN_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "path.h"

struct open_plan {
	int sender_cpu;
	int receiver_cpu;
	bool blocking;
	/* Pins of what sends whole frames in the kernel, or NULL. */
	const char *live_program;
	const char *live_map;
	size_t paths_count;
	struct path_plan paths[PATHS_MAX];
};

/* Reads an `open` command. The plan's strings are the command's. */
bool parse_open(struct open_plan *plan, json_t *command, struct failure *failure);

#endif
