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

/* Writes the ids of the programs at a tcx hook of a device, `ingress` or `egress`: none on kernels before 6.6. */
int list_tcx(const char *device, const char *direction);

#endif
