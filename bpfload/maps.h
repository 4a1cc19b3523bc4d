/* SPDX-License-Identifier: Apache-2.0 */
/* The contents of an object's maps. */
#ifndef BPFLOAD_MAPS_H
#define BPFLOAD_MAPS_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/*
 * Once it is loaded: writes the entries. In the namespace of the program, as the kernel looks a device
 * map's ifindex up in that of the caller (__dev_map_alloc_node() in kernel/bpf/devmap.c).
 */
bool fill_maps(struct bpf_object *object, const struct instance_order *order,
	       struct failure *failure);

#endif
