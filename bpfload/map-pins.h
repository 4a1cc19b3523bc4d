/* SPDX-License-Identifier: Apache-2.0 */
/* Where an object's maps are in the bpffs, and which of them it shares with other objects. */
#ifndef BPFLOAD_MAP_PINS_H
#define BPFLOAD_MAP_PINS_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/*
 * Before it is loaded: has libbpf take maps that are shared from where the first object that has them pins them,
 * which is where it would pin those that ask for it.
 */
bool share_maps(struct bpf_object *object, const struct instance_order *order,
		struct failure *failure);

/* Pins every map under its name, those of global variables under their section's. */
bool pin_maps(struct bpf_object *object, const char *folder, struct failure *failure);

#endif
