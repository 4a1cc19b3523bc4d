/* SPDX-License-Identifier: Apache-2.0 */
/* A program that is attached for a while. */
#ifndef BPFLOAD_ATTACHED_H
#define BPFLOAD_ATTACHED_H

#include <jansson.h>
#include <stdbool.h>

#include "failure.h"
#include "filter.h"

struct attached {
	/* Of a filter; NULL where a link is held. */
	char *namespace;
	struct filter filter;
	int link;
};

/* As an order of hold.h says. */
bool attach(json_t *order, struct attached *attached, struct failure *failure);

bool detach(struct attached *attached, struct failure *failure);

#endif
