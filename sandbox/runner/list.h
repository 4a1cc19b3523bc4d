// SPDX-License-Identifier: Apache-2.0
/* Lists of steps, as main.c tells their format. */
#ifndef RUNNER_LIST_H
#define RUNNER_LIST_H

#include <stddef.h>
#include <stdint.h>

struct step {
	uint32_t limit_s;
	char *network;
	const char *input;
	uint32_t input_length;
	char **words;
};

/* What is left of a list. */
struct list {
	const char *at;
	size_t left;
};

/* Takes a number off the list; whether there was one. */
int take_number(struct list *list, uint32_t *number);

/* Takes a step off the list; whether there was a whole one. */
int take_step(struct list *list, struct step *step);

#endif
