/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_NAMESPACE_H
#define UDPGEN_NAMESPACE_H

#include <stdbool.h>

#include "failure.h"

/*
 * Moves the calling thread into the network namespace of this file (NULL: stays). own_namespace is
 * for leave_namespace, which must follow.
 */
bool enter_namespace(const char *file, int *own_namespace, struct failure *failure);

/* Opens a namespace's file for later: −1 for NULL, the calling thread's own. */
bool open_namespace(const char *file, int *descriptor, struct failure *failure);

/* As enter_namespace(), by what open_namespace() gave. `name` is what a failure calls it. */
bool enter_open_namespace(int descriptor, const char *name, int *own_namespace,
			  struct failure *failure);

/* Moves the calling thread back. */
void leave_namespace(int own_namespace);

#endif
