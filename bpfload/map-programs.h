/* SPDX-License-Identifier: Apache-2.0 */
/* The programs that an object's maps are declared with: slots of program arrays. */
#ifndef BPFLOAD_MAP_PROGRAMS_H
#define BPFLOAD_MAP_PROGRAMS_H

#include <stdbool.h>

#include "failure.h"

/*
 * Calls `found` with the name of each. libbpf fills such slots when it loads the object, and fails if
 * one of these programs was not loaded; which they are it tells nobody, but the object's relocations do.
 */
bool for_each_map_program(const char *object, void (*found)(const char *program, void *context),
			  void *context, struct failure *failure);

#endif
