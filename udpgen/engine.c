// SPDX-License-Identifier: Apache-2.0
#include "engine.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char *const names[ENGINES] = {
	[ENGINE_SOCKET] = "socket",
	[ENGINE_GSO] = "gso",
	[ENGINE_PACKET] = "packet",
	[ENGINE_XDP] = "xdp",
};

const char *engine_name(enum engine engine)
{
	return names[engine];
}

bool engine_named(const char *name, enum engine *engine, struct failure *failure)
{
	for (int i = 0; i < ENGINES; i++) {
		if (strcmp(names[i], name) == 0) {
			*engine = (enum engine)i;
			return true;
		}
	}
	return fail(failure, "engine is \"%s\", expected socket, gso, packet or xdp", name);
}

const char *engine_error_text(enum engine engine, int error)
{
	if (engine == ENGINE_SOCKET)
		return NULL;
	/* udp_send_skb() in net/ipv4/udp.c, and its like of IPv6. */
	if (engine == ENGINE_GSO)
		return error == EIO ? "the client's device has no checksum offload, which UDP "
				      "segmentation needs on this kernel"
				    : NULL;
	switch (error) {
	case ENODEV:
		return "the route's device has no frames of Ethernet";
	case EHOSTUNREACH:
		return "the next hop does not say its MAC address";
	case EOPNOTSUPP:
		return "the route's device takes no frames of XDP: a veth does while its peer has "
		       "generic receive offload (offload: { gro: true }) or an XDP program";
	default:
		return NULL;
	}
}
