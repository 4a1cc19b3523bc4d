/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFLOAD_FOLDER_H
#define BPFLOAD_FOLDER_H

#include <stdbool.h>

#include "failure.h"

/* Makes a folder and those above it. */
bool make_folder(const char *folder, struct failure *failure);

#endif
