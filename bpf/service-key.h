/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* By what a service is found in the maps of programs that give its packets to backends. */
#ifndef SERVICE_KEY_H
#define SERVICE_KEY_H

#include <linux/in6.h>
#include <linux/types.h>

struct service_key {
	__be32 address;
	__be16 port;
	__u8 protocol;
	__u8 unused; /* a hash key is compared whole: no hidden padding */
};

struct service6_key {
	struct in6_addr address;
	__be16 port;
	__u8 protocol;
	__u8 unused; /* as above */
};

_Static_assert(sizeof(struct service_key) == 8, "the key has no hidden padding");
_Static_assert(sizeof(struct service6_key) == 20, "the key has no hidden padding");

#endif
