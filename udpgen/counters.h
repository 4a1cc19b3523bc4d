/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_COUNTERS_H
#define UDPGEN_COUNTERS_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

/*
 * The kernel's counters of a namespace. `text` holds /proc/net/snmp, netstat, snmp6 and dev, one after
 * the other; `devices` has of each device what /proc/net/dev does not tell, and, where asked for, the
 * driver's own statistics. Here rather than by a tool, as there may be dozens of namespaces, and a
 * process for each takes some 2 ms. NULL on failure.
 */
json_t *read_counters(const char *namespace, bool with_ethtool, struct failure *failure);

#endif
