/* SPDX-License-Identifier: Apache-2.0 */
/* Entries that nobody looks up: they make a map as large as one in use. */
#ifndef BPFLOAD_BACKGROUND_H
#define BPFLOAD_BACKGROUND_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/* Before the object is loaded: gives its maps room for them. */
bool enlarge_maps(struct bpf_object *object, const struct instance_order *order,
		  struct failure *failure);

/* Once the other entries are written: adds them, under keys that are not taken. */
bool fill_background(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure);

#endif
