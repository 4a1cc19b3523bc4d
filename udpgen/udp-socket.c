// SPDX-License-Identifier: Apache-2.0
#include "udp-socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "protocol.h"

bool address_parse(struct address *address, const char *text, uint16_t port, const char *role,
		   struct failure *failure)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&address->storage;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address->storage;

	memset(address, 0, sizeof(*address));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		address->bytes = sizeof(*v4);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		address->bytes = sizeof(*v6);
	} else {
		return fail(failure, "%s address \"%s\" is not an IPv4 or IPv6 address", role,
			    text);
	}
	return true;
}

/* FORCE: beyond net.core.rmem_max and wmem_max, which are set for the host and not for this. */
static bool enlarge_buffers(int socket)
{
	const int receive = RECEIVE_BUFFER_BYTES, send = SEND_BUFFER_BYTES;

	return setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &receive, sizeof(receive)) == 0 &&
	       setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &send, sizeof(send)) == 0;
}

int udp_socket_open(const struct address *address, struct failure *failure)
{
	int descriptor =
		socket(address->storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor < 0) {
		fail(failure, "could not open a UDP socket: %s", strerror(errno));
		return -1;
	}
	if (!enlarge_buffers(descriptor)) {
		fail(failure, "could not enlarge a socket's buffers: %s", strerror(errno));
		close(descriptor);
		return -1;
	}
	return descriptor;
}

void sleep_until_packet(const int *sockets, size_t count, uint64_t timeout_ns)
{
	struct pollfd wanted[SERVERS_MAX];
	struct timespec timeout = {
		.tv_sec = (time_t)(timeout_ns / NS_PER_S),
		.tv_nsec = (long)(timeout_ns % NS_PER_S),
	};

	for (size_t i = 0; i < count; i++)
		wanted[i] = (struct pollfd){ .fd = sockets[i], .events = POLLIN };
	ppoll(wanted, count, &timeout, NULL);
}
