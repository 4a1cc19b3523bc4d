/* SPDX-License-Identifier: Apache-2.0 */
/* What loaded programs return to live packets. */
#ifndef BPFLOAD_WATCH_H
#define BPFLOAD_WATCH_H

#include <jansson.h>

/*
 * Watches the programs of an order, {witness: FILE, programs: [{pin, name}]}, from when it has written
 * a line `"ready"` until its standard input ends; then answers {programs: [{actions: [[action, count]]}]},
 * or {failure} for one that cannot be watched.
 */
int watch(json_t *order);

#endif
