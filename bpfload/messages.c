// SPDX-License-Identifier: Apache-2.0
#include "messages.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Enough for some hundred lines: a log has millions where a loop was followed through. */
#define KEPT_BYTES 32768

static char kept[KEPT_BYTES + 1];
static size_t kept_bytes;

/* Keeps the last KEPT_BYTES of all that was added. */
static void add(const char *text, size_t bytes)
{
	size_t surplus;

	if (bytes > KEPT_BYTES) {
		text += bytes - KEPT_BYTES;
		bytes = KEPT_BYTES;
	}
	surplus = kept_bytes + bytes > KEPT_BYTES ? kept_bytes + bytes - KEPT_BYTES : 0;
	memmove(kept, kept + surplus, kept_bytes - surplus);
	memcpy(kept + kept_bytes - surplus, text, bytes);
	kept_bytes += bytes - surplus;
	kept[kept_bytes] = '\0';
}

static int keep(enum libbpf_print_level level, const char *format, va_list arguments)
{
	char *text;
	int bytes;

	if (level != LIBBPF_WARN)
		return 0;
	bytes = vasprintf(&text, format, arguments);
	if (bytes < 0)
		return 0;
	add(text, (size_t)bytes);
	free(text);
	return bytes;
}

void messages_keep(void)
{
	libbpf_set_print(keep);
}

void messages_forget(void)
{
	kept_bytes = 0;
	kept[0] = '\0';
}

const char *messages_end(void)
{
	return kept;
}
