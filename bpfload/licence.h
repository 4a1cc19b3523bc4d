/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFLOAD_LICENCE_H
#define BPFLOAD_LICENCE_H

#include <stdbool.h>
#include <stddef.h>

/* What an object says its licence is, as the kernel is told it. False if it says nothing. */
bool read_licence(const char *object, char *licence, size_t bytes);

#endif
