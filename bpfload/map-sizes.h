/* SPDX-License-Identifier: Apache-2.0 */
/* How many entries maps have room for, where the order says otherwise than their objects. */
#ifndef BPFLOAD_MAP_SIZES_H
#define BPFLOAD_MAP_SIZES_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/* Before the object is loaded. */
bool size_maps(struct bpf_object *object, const struct instance_order *order,
	       struct failure *failure);

#endif
