// SPDX-License-Identifier: Apache-2.0
#include "checksums.h"

#include <linux/ethtool.h>
#include <unistd.h>

#include "ethtool.h"
#include "namespace.h"

/* A device that cannot be told stays as it is: tun, for one, has it from who opened it. */
static bool change(int descriptor, const char *device, bool are_left)
{
	struct ethtool_value before = { .cmd = ETHTOOL_GTXCSUM };
	struct ethtool_value wanted = { .cmd = ETHTOOL_STXCSUM, .data = are_left };

	return ethtool_call(descriptor, device, &before) && (before.data != 0) != are_left &&
	       ethtool_call(descriptor, device, &wanted);
}

bool change_checksums(const char *namespace, const char *device, bool are_computed,
		      bool *is_changed, struct failure *failure)
{
	int own_namespace = -1, descriptor;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return false;
	descriptor = ethtool_open(failure);
	if (descriptor >= 0) {
		*is_changed = change(descriptor, device, !are_computed);
		close(descriptor);
	}
	leave_namespace(own_namespace);
	return descriptor >= 0;
}
