/* SPDX-License-Identifier: Apache-2.0 */
/* Which of an object's programs are loaded, and as what. */
#ifndef BPFLOAD_CHOOSE_PROGRAMS_H
#define BPFLOAD_CHOOSE_PROGRAMS_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/*
 * Has libbpf load the programs that are named, and those that maps are declared with or filled with;
 * no other, whose fault might be in the way. A section that libbpf does not know leaves the type to
 * the hook; one that is given to an entry of a device or CPU map becomes what the kernel takes there.
 */
bool choose_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure);

#endif
