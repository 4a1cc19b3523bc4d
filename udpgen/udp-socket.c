// SPDX-License-Identifier: Apache-2.0
#include "udp-socket.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "protocol.h"

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
		address_socket(address, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, failure);

	if (descriptor < 0)
		return -1;
	if (!enlarge_buffers(descriptor)) {
		fail(failure, "could not enlarge a socket's buffers: %s", strerror(errno));
		close(descriptor);
		return -1;
	}
	return descriptor;
}

ssize_t udp_send(int socket, const void *packet, size_t bytes, bool is_summed,
		 const struct sockaddr *to, socklen_t to_bytes)
{
	/* The kernel leaves no checksum to a device where there is more to come (__ip_append_data()). */
	const size_t first_bytes = is_summed ? bytes / 2 : 0;

	if (is_summed && sendto(socket, packet, first_bytes, MSG_MORE, to, to_bytes) < 0)
		return -1;
	return sendto(socket, (const char *)packet + first_bytes, bytes - first_bytes, 0, to,
		      to_bytes);
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
