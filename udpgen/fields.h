/* SPDX-License-Identifier: Apache-2.0 */
/* Fields that several commands have. */
#ifndef UDPGEN_FIELDS_H
#define UDPGEN_FIELDS_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

bool check_range(json_int_t value, const char *name, json_int_t low, json_int_t high,
		 struct failure *failure);

/* A namespace's file; NULL where it is null or not there, for udpgen's own. */
bool parse_namespace(const char **namespace, json_t *value, struct failure *failure);

#endif
