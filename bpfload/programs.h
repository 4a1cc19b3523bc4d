/* SPDX-License-Identifier: Apache-2.0 */
/* Which of an object's programs are loaded, and as what. */
#ifndef BPFLOAD_PROGRAMS_H
#define BPFLOAD_PROGRAMS_H

#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/*
 * Has libbpf load the programs that are named, and those that maps are declared with or filled with;
 * no other, whose fault might be in the way. A section that libbpf does not know leaves the type to
 * the hook.
 */
bool choose_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure);

/* Pins the named programs, and tells of each its id, its tag and the maps it uses. NULL on failure. */
json_t *pin_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure);

/* What there is to say of a loaded program: its name, id, tag and maps. NULL where the kernel does not tell. */
json_t *describe_program(const char *name, int descriptor, struct failure *failure);

#endif
