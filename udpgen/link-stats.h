/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_LINK_STATS_H
#define UDPGEN_LINK_STATS_H

#include <jansson.h>

#include "failure.h"

/*
 * What the kernel counts of devices and does not print in /proc/net/dev, of the calling thread's
 * namespace: an object a device, by counter. NULL on failure.
 */
json_t *read_link_stats(struct failure *failure);

#endif
