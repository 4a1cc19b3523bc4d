// SPDX-License-Identifier: Apache-2.0
#include "hold.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "failure.h"
#include "link.h"
#include "namespace.h"

/* A path has at most as many. */
#define LINKS_MAX 256

static int links[LINKS_MAX];
static size_t link_count;

static void detach_all(void)
{
	while (link_count > 0)
		close(links[--link_count]);
}

static bool attach_one(json_t *order, struct failure *failure)
{
	const char *namespace, *device, *pin;
	struct link_place place;
	int own_namespace, flags, link;

	if (json_unpack(order, "{s:s, s:s, s:i, s:i, s:s}", "namespace", &namespace, "device",
			&device, "type", &place.type, "flags", &flags, "pin", &pin))
		return fail(failure, "the order is none");
	if (link_count == LINKS_MAX)
		return fail(failure, "a path has at most %d programs", LINKS_MAX);
	if (!enter_namespace(namespace, &own_namespace, failure))
		return false;
	place.flags = (uint32_t)flags;
	link = create_link(device, place, pin, failure);
	leave_namespace(own_namespace);
	if (link >= 0)
		links[link_count++] = link;
	return link >= 0;
}

/* From the last to the first: with the flag for it, each goes before what is there. */
static json_t *attach(json_t *orders)
{
	for (size_t i = json_array_size(orders); i > 0; i--) {
		struct failure failure = { 0 };

		if (!attach_one(json_array_get(orders, i - 1), &failure)) {
			detach_all();
			return json_pack("{s:s, s:I}", "error", failure.message, "index",
					 (json_int_t)(i - 1));
		}
	}
	return json_pack("{s:b}", "attached", 1);
}

static json_t *carry_out(json_t *order)
{
	json_t *orders = json_object_get(order, "attach");

	if (orders)
		return attach(orders);
	detach_all();
	return json_pack("{s:b}", "detached", 1);
}

int hold(void)
{
	char *line = NULL;
	size_t room = 0;

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
	detach_all();
	return EXIT_SUCCESS;
}
