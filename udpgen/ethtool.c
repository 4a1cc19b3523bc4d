// SPDX-License-Identifier: Apache-2.0
#include "ethtool.h"

#include <errno.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int ethtool_open(struct failure *failure)
{
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (descriptor < 0)
		fail(failure, "could not open a socket for ethtool: %s", strerror(errno));
	return descriptor;
}

bool ethtool_call(int descriptor, const char *device, void *request)
{
	struct ifreq call = { .ifr_data = request };

	snprintf(call.ifr_name, sizeof(call.ifr_name), "%s", device);
	return ioctl(descriptor, SIOCETHTOOL, &call) == 0;
}
