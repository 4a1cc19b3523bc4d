// SPDX-License-Identifier: Apache-2.0
#include "tcp-socket.h"

#include <errno.h>
#include <linux/tcp.h>
#include <string.h>
#include <unistd.h>

#include "zerocopy.h"

/* As many connections as may be opened at once, and some that were given up. */
#define BACKLOG (2 * TCP_CONNECTIONS_MAX * TCP_POOLS_MAX)

static bool set_number(int socket, int level, int option, int value)
{
	return setsockopt(socket, level, option, &value, sizeof(value)) == 0;
}

int tcp_listen(const struct address *address, struct failure *failure)
{
	int listener = address_socket(address, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, failure);
	char text[ADDRESS_TEXT_BYTES];

	if (listener < 0)
		return -1;
	/* Connections of a trial before may be in TIME_WAIT. */
	if (set_number(listener, SOL_SOCKET, SO_REUSEADDR, 1) && address_bind(listener, address) &&
	    listen(listener, BACKLOG) == 0)
		return listener;
	fail(failure, "could not listen at TCP %s: %s", address_text(address, text),
	     strerror(errno));
	close(listener);
	return -1;
}

bool tcp_set(int socket, const struct tcp_settings *settings)
{
	const char *congestion = settings->congestion;

	return set_number(socket, IPPROTO_TCP, TCP_NODELAY, settings->no_delay) &&
	       set_number(socket, IPPROTO_TCP, TCP_QUICKACK, settings->quick_ack) &&
	       (!settings->zerocopy || zerocopy_set(socket)) &&
	       (settings->mss_bytes == 0 ||
		set_number(socket, IPPROTO_TCP, TCP_MAXSEG, (int)settings->mss_bytes)) &&
	       (settings->busy_poll_us == 0 ||
		set_number(socket, SOL_SOCKET, SO_BUSY_POLL, (int)settings->busy_poll_us)) &&
	       (congestion[0] == '\0' || setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, congestion,
						    (socklen_t)strlen(congestion)) == 0);
}

/* Closes a socket and keeps errno. Gives −1. */
static int give_up(int socket)
{
	int error = errno;

	close(socket);
	errno = error;
	return -1;
}

int tcp_call(const struct address *address, const struct tcp_settings *settings)
{
	int caller =
		socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (caller < 0)
		return -1;
	if (tcp_set(caller, settings) && (address_connect(caller, address) || errno == EINPROGRESS))
		return caller;
	return give_up(caller);
}

int tcp_accept(int listener, const struct tcp_settings *settings)
{
	int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	return accepted < 0 || tcp_set(accepted, settings) ? accepted : give_up(accepted);
}

/*
 * An even value sends what is due and does not last (__tcp_sock_set_quickack() in net/ipv4/tcp.c); the
 * second call leaves the socket as it was set.
 */
void tcp_acknowledge(int socket, const struct tcp_settings *settings)
{
	set_number(socket, IPPROTO_TCP, TCP_QUICKACK, 2);
	set_number(socket, IPPROTO_TCP, TCP_QUICKACK, settings->quick_ack);
}

void tcp_received(int socket, bool quick_ack)
{
	if (quick_ack)
		set_number(socket, IPPROTO_TCP, TCP_QUICKACK, 1);
}

void tcp_abort(int socket)
{
	const struct linger none = { .l_onoff = 1, .l_linger = 0 };

	if (socket < 0)
		return;
	setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	close(socket);
}

void tcp_sleep(struct tcp_waits *waits, uint64_t timeout_ns)
{
	const struct timespec timeout = {
		.tv_sec = (time_t)(timeout_ns / NS_PER_S),
		.tv_nsec = (long)(timeout_ns % NS_PER_S),
	};

	ppoll(waits->sockets, waits->count, &timeout, NULL);
}

void tcp_sleep_on(int socket, short events)
{
	struct tcp_waits waits = { 0 };

	tcp_wait_for(&waits, socket, events);
	tcp_sleep(&waits, TCP_SLEEP_NS);
}

const char *tcp_error_text(int error)
{
	switch (error) {
	case EADDRNOTAVAIL:
		return "no local port is left for it: widen net.ipv4.ip_local_port_range where the "
		       "client is, which IPv6 has too, or open fewer connections; one that was "
		       "closed there first keeps its port for a minute (TIME_WAIT)";
	case EINPROGRESS:
		return "nobody answered its SYN";
	case ENOTCONN:
		return "it was not connected";
	case EPIPE:
		return "the other end closed the connection";
	case EBADMSG:
		return "it carried other content than was sent";
	case ENOENT:
		return "the kernel has no congestion control of this name";
	case ETIMEDOUT:
		return "nothing more came";
	case ETIME:
		return "the trial took too long";
	default:
		return strerror(error);
	}
}
