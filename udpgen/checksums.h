/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_CHECKSUMS_H
#define UDPGEN_CHECKSUMS_H

#include <stdbool.h>

#include "failure.h"

/*
 * Has the stack compute the checksums of what is sent by a device (`ethtool -K DEVICE tx off`), or leave them to it. On veth
 * pairs nobody computes what is left to devices, and no receiver verifies it. `is_changed`: whether it was otherwise before.
 */
bool change_checksums(const char *namespace, const char *device, bool are_computed,
		      bool *is_changed, struct failure *failure);

#endif
