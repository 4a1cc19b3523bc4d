/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_FAILURE_H
#define UDPGEN_FAILURE_H

#include <stdbool.h>

/* Why a command was not carried out, for its error answer. */
struct failure {
	/* Name of the path it is about, or "". */
	char path[64];
	char message[512];
};

/* Notes the message. Returns false, so that a caller can return what this does. */
bool fail(struct failure *failure, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Notes that the failure is about this path. */
void fail_on_path(struct failure *failure, const char *path);

#endif
