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

/* Moves the calling thread back. */
void leave_namespace(int own_namespace);

#endif
