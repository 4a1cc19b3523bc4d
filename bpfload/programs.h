/* SPDX-License-Identifier: Apache-2.0 */
/* An object's programs once they are loaded. */
#ifndef BPFLOAD_PROGRAMS_H
#define BPFLOAD_PROGRAMS_H

#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/* Pins the named programs, and tells of each its id, its tag and the maps it uses. NULL on failure. */
json_t *pin_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure);

/* What there is to say of a loaded program: its name, id, tag and maps. NULL where the kernel does not tell. */
json_t *describe_program(const char *name, int descriptor, struct failure *failure);

#endif
