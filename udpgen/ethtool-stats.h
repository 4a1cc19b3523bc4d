/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_ETHTOOL_STATS_H
#define UDPGEN_ETHTOOL_STATS_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

/*
 * Adds to each device of `devices`, of the calling thread's namespace, what its driver counts
 * (`ethtool -S`), by the driver's names with `ethtool.` before them. A driver that counts nothing adds
 * nothing. False on failure.
 */
bool add_ethtool_stats(json_t *devices, struct failure *failure);

#endif
