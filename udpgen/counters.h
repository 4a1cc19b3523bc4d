/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_COUNTERS_H
#define UDPGEN_COUNTERS_H

#include <jansson.h>

#include "failure.h"

/*
 * The kernel's counters of a namespace: the texts of /proc/net/snmp and /proc/net/dev, one after the
 * other. Here rather than by a tool, as there may be dozens of namespaces, and a process for each
 * takes some 2 ms. NULL on failure.
 */
json_t *read_counters(const char *namespace, struct failure *failure);

#endif
