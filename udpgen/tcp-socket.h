/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_TCP_SOCKET_H
#define UDPGEN_TCP_SOCKET_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "failure.h"
#include "tcp-pool.h"

/* A non-blocking socket that listens, in the network namespace of the calling thread; or −1. */
int tcp_listen(const struct address *address, struct failure *failure);

/*
 * A non-blocking socket on its way to the address, which may be refused later; or −1 with errno set, where
 * a setting cannot be, or no port is left.
 */
int tcp_call(const struct address *address, const struct tcp_settings *settings);

/* The next connection that came to a listener, non-blocking and set; or −1 with errno set. */
int tcp_accept(int listener, const struct tcp_settings *settings);

bool tcp_set(int socket, const struct tcp_settings *settings);

/* Sends an acknowledgement that is due now instead of up to 40 ms (HZ / 25) later. */
void tcp_acknowledge(int socket, const struct tcp_settings *settings);

/* Closes a socket, −1 for none, by a reset: nothing of it lingers on either side. */
void tcp_abort(int socket);

/* Sleeps until one of the sockets is ready or the timeout is over. */
void tcp_sleep(const int *sockets, uint32_t count, short events, uint64_t timeout_ns);

/* What an error means for a connection, in words. */
const char *tcp_error_text(int error);

#endif
