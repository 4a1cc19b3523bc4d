// SPDX-License-Identifier: Apache-2.0
#include "counters.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "namespace.h"

/* Some 130 bytes a device; a namespace of a scenario has few. */
#define TEXT_BYTES_MAX (256 * 1024)

/* Appends a file's text. */
static bool append(char *text, size_t *bytes, const char *name, struct failure *failure)
{
	FILE *file = fopen(name, "re");
	bool is_read;

	if (!file)
		return fail(failure, "could not open %s: %s", name, strerror(errno));
	*bytes += fread(text + *bytes, 1, TEXT_BYTES_MAX - *bytes, file);
	is_read = feof(file) && !ferror(file);
	fclose(file);
	if (!is_read)
		return fail(failure, "could not read all of %s", name);
	return true;
}

json_t *read_counters(const char *namespace, struct failure *failure)
{
	static char text[TEXT_BYTES_MAX];
	size_t bytes = 0;
	int own_namespace = -1;
	bool is_read;
	json_t *value;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return NULL;
	/* The thread's: it is in the namespace, and the process is not. */
	is_read = append(text, &bytes, "/proc/thread-self/net/snmp", failure) &&
		  append(text, &bytes, "/proc/thread-self/net/dev", failure);
	leave_namespace(own_namespace);
	if (!is_read)
		return NULL;
	value = json_stringn(text, bytes);
	if (!value)
		fail(failure, "a device of %s has a name that is not UTF-8", namespace);
	return value;
}
