/* SPDX-License-Identifier: Apache-2.0 */
/* Files that the kernel makes up as they are read. */
#ifndef UDPGEN_KERNEL_FILE_H
#define UDPGEN_KERNEL_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "failure.h"

/* What is read so far of one or more files. */
struct kernel_text {
	char *text;
	size_t bytes;
	size_t bytes_max;
};

/* Appends a file's text; one that is not there has none, where it may be missing. */
bool kernel_file_append(struct kernel_text *so_far, const char *name, bool may_be_missing,
			struct failure *failure);

#endif
