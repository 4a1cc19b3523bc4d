/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_UDP_SOCKET_H
#define UDPGEN_UDP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "failure.h"

struct address {
	struct sockaddr_storage storage;
	socklen_t bytes;
};

/* Reads an IPv4 or IPv6 address. `role` is what the message of a failure calls it. */
bool address_parse(struct address *address, const char *text, uint16_t port, const char *role,
		   struct failure *failure);

/*
 * A non-blocking UDP socket for such addresses, with large buffers, in the network namespace of the
 * calling thread; or −1.
 */
int udp_socket_open(const struct address *address, struct failure *failure);

/* Sleeps until one of the sockets, at most SERVERS_MAX, has a packet or the timeout is over. */
void sleep_until_packet(const int *sockets, size_t count, uint64_t timeout_ns);

#endif
