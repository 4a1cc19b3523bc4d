/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_UDP_SOCKET_H
#define UDPGEN_UDP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "failure.h"

/*
 * A non-blocking UDP socket for such addresses, with large buffers, in the network namespace of the
 * calling thread; or −1.
 */
int udp_socket_open(const struct address *address, struct failure *failure);

/* Sleeps until one of the sockets, at most SERVERS_MAX, has a packet or the timeout is over. */
void sleep_until_packet(const int *sockets, size_t count, uint64_t timeout_ns);

#endif
