/* SPDX-License-Identifier: Apache-2.0 */
/* Requests of ethtool's, to devices of the calling thread's namespace. */
#ifndef UDPGEN_ETHTOOL_H
#define UDPGEN_ETHTOOL_H

#include <stdbool.h>

#include "failure.h"

/* The socket that requests are made by; −1 on failure. */
int ethtool_open(struct failure *failure);

/* `request` begins with its command. False where the device refuses it: errno says why. */
bool ethtool_call(int descriptor, const char *device, void *request);

#endif
