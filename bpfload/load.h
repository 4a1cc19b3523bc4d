/* SPDX-License-Identifier: Apache-2.0 */
/* One object of an order, loaded. */
#ifndef BPFLOAD_LOAD_H
#define BPFLOAD_LOAD_H

#include <jansson.h>

/*
 * Loads an object in its namespace, fills its maps, pins programs and maps. The answer is either
 * {state: "loaded", programs} or {state: "failed", error, messages, licence}.
 */
json_t *load_instance(json_t *order);

#endif
