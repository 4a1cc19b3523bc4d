/* SPDX-License-Identifier: Apache-2.0 */
/* IPv4 and IPv6 addresses with a port: all that knows one family from the other. */
#ifndef UDPGEN_ADDRESS_H
#define UDPGEN_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "failure.h"

struct address {
	struct sockaddr_storage storage;
	socklen_t bytes;
};

/* An IPv6 address in brackets, a colon and a port. */
#define ADDRESS_TEXT_BYTES (INET6_ADDRSTRLEN + 8)

/* Reads an IPv4 or IPv6 address. `role` is what the message of a failure calls it. */
bool address_parse(struct address *address, const char *text, uint16_t port, const char *role,
		   struct failure *failure);

/* True for the same family, address and port, however they were written. */
bool address_equals(const struct address *a, const struct address *b);

/* Writes "10.0.0.1:7000" or "[fd00::1]:7000" into the buffer, and returns it. */
const char *address_text(const struct address *address, char text[ADDRESS_TEXT_BYTES]);

/*
 * A socket for addresses of this family, and for no other: an IPv6 socket takes no IPv4 packets. In the
 * network namespace of the calling thread; or −1. `type` is SOCK_STREAM or SOCK_DGRAM with flags.
 */
int address_socket(const struct address *address, int type, struct failure *failure);

/* As bind(2) and connect(2); false with errno set. */
bool address_bind(int socket, const struct address *address);
bool address_connect(int socket, const struct address *address);

#endif
