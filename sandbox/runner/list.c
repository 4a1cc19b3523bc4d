// SPDX-License-Identifier: Apache-2.0
#include "list.h"
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

int take_number(struct list *list, uint32_t *number)
{
	if (list->left < sizeof(*number))
		return 0;
	memcpy(number, list->at, sizeof(*number));
	*number = ntohl(*number);
	list->at += sizeof(*number);
	list->left -= sizeof(*number);
	return 1;
}

static const char *take_text(struct list *list, uint32_t *length)
{
	const char *text;

	if (!take_number(list, length) || list->left < *length)
		return NULL;
	text = list->at;
	list->at += *length;
	list->left -= *length;
	return text;
}

/* A text as a string; with a NUL inside it would be another. */
static char *take_string(struct list *list)
{
	uint32_t length;
	const char *text = take_text(list, &length);

	return text && !memchr(text, '\0', length) ? strndup(text, length) : NULL;
}

int take_step(struct list *list, struct step *step)
{
	uint32_t count;

	if (!take_number(list, &step->limit_s))
		return 0;
	step->network = take_string(list);
	step->input = take_text(list, &step->input_length);
	if (!step->network || !step->input || !take_number(list, &count) || count == 0 ||
	    count > list->left)
		return 0;
	step->words = calloc(count + 1, sizeof(*step->words));
	if (!step->words)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		step->words[i] = take_string(list);
		if (!step->words[i])
			return 0;
	}
	return 1;
}
