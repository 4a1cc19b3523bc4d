/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFLOAD_CONSTANTS_H
#define BPFLOAD_CONSTANTS_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "failure.h"
#include "order.h"

/* Before the object is loaded: gives global variables the values that the order has for them. */
bool set_constants(struct bpf_object *object, const struct instance_order *order,
		   struct failure *failure);

#endif
