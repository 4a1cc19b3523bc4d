/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_UDP_SOCKET_H
#define UDPGEN_UDP_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "address.h"
#include "failure.h"

/*
 * A non-blocking UDP socket for such addresses, with large buffers, in the network namespace of the
 * calling thread; or −1.
 */
int udp_socket_open(const struct address *address, struct failure *failure);

/*
 * Sends a packet, as sendto(). With is_summed its checksum is in it when the first device gets it, as where it came
 * over a wire; else veth pairs carry it without one to the end.
 */
ssize_t udp_send(int socket, const void *packet, size_t bytes, bool is_summed,
		 const struct sockaddr *to, socklen_t to_bytes);

/* Sleeps until one of the sockets, at most SERVERS_MAX, has a packet or the timeout is over. */
void sleep_until_packet(const int *sockets, size_t count, uint64_t timeout_ns);

#endif
