/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_BPF_MAP_H
#define UDPGEN_BPF_MAP_H

#include <jansson.h>

#include "failure.h"

/*
 * What the map pinned at `pin` has under a key, both in hexadecimal digits: a list with the value of
 * every possible CPU for a map that has one for each, of the one value for any other, and an empty one
 * where nothing is under the key. NULL on failure.
 */
json_t *read_map_value(const char *pin, const char *key, struct failure *failure);

#endif
