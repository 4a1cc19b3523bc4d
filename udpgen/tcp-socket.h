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

/*
 * After a receive call: acknowledges at once, if it is to be so. The kernel forgets TCP_QUICKACK as the connection goes on
 * (tcp(7)), so that it is said again each time.
 */
void tcp_received(int socket, bool quick_ack);

/* The longest that a thread sleeps without looking at the time, and whether its trial is over. */
#define TCP_SLEEP_NS (5 * NS_PER_MS)

/* What a thread sleeps for: of each socket what the next step on it needs. One on which there is none is not among them. */
struct tcp_waits {
	uint32_t count;
	struct pollfd sockets[TCP_CONNECTIONS_MAX];
};

_Static_assert(SERVERS_MAX <= TCP_CONNECTIONS_MAX, "listeners fit, too");

static inline void tcp_wait_for(struct tcp_waits *waits, int socket, short events)
{
	waits->sockets[waits->count++] = (struct pollfd){ .fd = socket, .events = events };
}

/* Sleeps until one of the sockets is ready or the timeout is over. */
void tcp_sleep(struct tcp_waits *waits, uint64_t timeout_ns);

/* The same of one, for TCP_SLEEP_NS at most. */
void tcp_sleep_on(int socket, short events);

/* What an error means for a connection, in words. */
const char *tcp_error_text(int error);

#endif
