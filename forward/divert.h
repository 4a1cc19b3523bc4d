/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FORWARD_DIVERT_H
#define FORWARD_DIVERT_H

#include <stdint.h>

/* Packets of UDP and TCP to this address and port. */
struct diverted {
	/* AF_INET or AF_INET6. */
	int family;
	/* In network byte order. */
	uint8_t address[16];
	uint16_t port;
};

/*
 * Attaches a program to_user_space to a device's XDP hook, which hands frames with such packets to an AF_XDP socket that is
 * bound to its queue 0, and all others to the stack. It is there for as long as this process. Ends it where that fails.
 */
void divert(unsigned int device, const struct diverted *diverted, int socket);

#endif
