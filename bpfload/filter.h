/* SPDX-License-Identifier: Apache-2.0 */
/* A program as a filter of a clsact qdisc, which stays until it is taken away. */
#ifndef BPFLOAD_FILTER_H
#define BPFLOAD_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"

struct filter {
	/* Of its device, in the namespace of the calling thread. */
	int interface;
	bool is_egress;
	uint32_t preference;
	uint32_t handle;
	/* Whether the qdisc is to be made for it, and taken away with it. */
	bool owns_qdisc;
};

/* Attaches it where no filter has its preference and handle. */
bool filter_attach(const struct filter *filter, int program, struct failure *failure);

/* Takes it away; its own qdisc, too, if no filter of others has come there meanwhile. */
bool filter_detach(const struct filter *filter, struct failure *failure);

#endif
