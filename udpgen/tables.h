/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a namespace that connections fill: sockets in TIME_WAIT, and what netfilter tracks. */
#ifndef UDPGEN_TABLES_H
#define UDPGEN_TABLES_H

#include <jansson.h>

#include "failure.h"

/* The kernel's own texts by what they tell of; what the kernel does not have is left out. NULL on failure. */
json_t *read_tables(const char *namespace, struct failure *failure);

#endif
