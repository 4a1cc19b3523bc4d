/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that others have attached. */
#ifndef BPFLOAD_ADOPT_H
#define BPFLOAD_ADOPT_H

#include <jansson.h>

/*
 * Pins the programs of an order, {programs: [{name, ids, pin}]}: of each, the one among those with the ids that the
 * kernel knows by the name. Answers {programs: […]}, in their order: what load_instance() tells of a program, or
 * {there: [name]} where none is called so.
 */
int adopt(json_t *order);

/*
 * Writes the ids of the programs at a place of a device, a number of enum bpf_attach_type, in the order in which they
 * run: none where the kernel has no such place.
 */
int list_programs(const char *device, const char *type);

#endif
