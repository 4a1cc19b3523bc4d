// SPDX-License-Identifier: Apache-2.0
#include "checksums.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "namespace.h"

static bool call(int descriptor, const char *device, struct ethtool_value *value)
{
	struct ifreq request = { .ifr_data = (char *)value };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", device);
	return ioctl(descriptor, SIOCETHTOOL, &request) == 0;
}

/* A device that cannot be told stays as it is: tun, for one, has it from who opened it. */
static bool change(int descriptor, const char *device, bool are_left)
{
	struct ethtool_value before = { .cmd = ETHTOOL_GTXCSUM };
	struct ethtool_value wanted = { .cmd = ETHTOOL_STXCSUM, .data = are_left };

	return call(descriptor, device, &before) && (before.data != 0) != are_left &&
	       call(descriptor, device, &wanted);
}

bool change_checksums(const char *namespace, const char *device, bool are_computed,
		      bool *is_changed, struct failure *failure)
{
	int own_namespace = -1, descriptor;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return false;
	descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (descriptor >= 0) {
		*is_changed = change(descriptor, device, !are_computed);
		close(descriptor);
	} else {
		fail(failure, "could not open a socket for ethtool: %s", strerror(errno));
	}
	leave_namespace(own_namespace);
	return descriptor >= 0;
}
