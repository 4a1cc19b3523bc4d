// SPDX-License-Identifier: Apache-2.0
#include "hold.h"

#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "attached.h"
#include "failure.h"

/* A path has at most as many. */
#define ATTACHED_MAX 256

static struct attached attached[ATTACHED_MAX];
static size_t attached_count;

/* Of several that cannot be taken away, the last is told. */
static bool detach_all(struct failure *failure)
{
	bool is_detached = true;

	while (attached_count > 0)
		is_detached &= detach(&attached[--attached_count], failure);
	return is_detached;
}

static bool attach_one(json_t *order, struct failure *failure)
{
	if (attached_count == ATTACHED_MAX)
		return fail(failure, "there are more than %d", ATTACHED_MAX);
	if (!attach(order, &attached[attached_count], failure))
		return false;
	attached_count++;
	return true;
}

/* From the last to the first, as each goes before what is there. */
static json_t *attach_all(json_t *orders)
{
	for (size_t i = json_array_size(orders); i > 0; i--) {
		struct failure failure = { 0 }, ignored;

		if (!attach_one(json_array_get(orders, i - 1), &failure)) {
			detach_all(&ignored);
			return json_pack("{s:s, s:I}", "error", failure.message, "index",
					 (json_int_t)(i - 1));
		}
	}
	return json_pack("{s:b}", "attached", 1);
}

static json_t *carry_out(json_t *order)
{
	json_t *orders = json_object_get(order, "attach");
	struct failure failure = { 0 };

	if (orders)
		return attach_all(orders);
	if (!detach_all(&failure))
		return json_pack("{s:s}", "error", failure.message);
	return json_pack("{s:b}", "detached", 1);
}

int hold(void)
{
	struct failure ignored;
	char *line = NULL;
	size_t room = 0;

	/* Of what is there already it says a line at every turn. */
	libbpf_set_print(NULL);
	while (getline(&line, &room, stdin) > 0) {
		json_t *order = json_loads(line, 0, NULL), *answer;

		if (!order)
			break;
		answer = carry_out(order);
		json_dumpf(answer, stdout, JSON_COMPACT);
		putchar('\n');
		fflush(stdout);
		json_decref(answer);
		json_decref(order);
	}
	free(line);
	detach_all(&ignored);
	return EXIT_SUCCESS;
}
