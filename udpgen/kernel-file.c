// SPDX-License-Identifier: Apache-2.0
#include "kernel-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Not by stdio, with whose small reads all files of counters take about three times as long. */
bool kernel_file_append(struct kernel_text *so_far, const char *name, bool may_be_missing,
			struct failure *failure)
{
	int descriptor = open(name, O_RDONLY | O_CLOEXEC);
	ssize_t count;

	if (descriptor < 0)
		return (may_be_missing && errno == ENOENT) ||
		       fail(failure, "could not open %s: %s", name, strerror(errno));
	do {
		count = read(descriptor, so_far->text + so_far->bytes,
			     so_far->bytes_max - so_far->bytes);
		so_far->bytes += count > 0 ? (size_t)count : 0;
	} while (count > 0 && so_far->bytes < so_far->bytes_max);
	close(descriptor);
	if (count != 0)
		return fail(failure, "could not read all of %s", name);
	return true;
}
