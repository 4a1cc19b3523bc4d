// SPDX-License-Identifier: Apache-2.0
#include "path.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "namespace.h"

struct address {
	struct sockaddr_storage storage;
	socklen_t bytes;
};

static bool parse_address(struct address *address, const char *text, uint16_t port,
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
		return fail(failure, "server address \"%s\" is not an IPv4 or IPv6 address", text);
	}
	return true;
}

static const char *place(const char *namespace)
{
	return namespace ? namespace : "udpgen's own namespace";
}

/* FORCE: beyond net.core.rmem_max and wmem_max, which are set for the host and not for this. */
static bool enlarge_buffers(int socket)
{
	const int receive = RECEIVE_BUFFER_BYTES, send = SEND_BUFFER_BYTES;

	return setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &receive, sizeof(receive)) == 0 &&
	       setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &send, sizeof(send)) == 0;
}

/* A UDP socket in the namespace, or −1. */
static int open_socket(const char *namespace, int family, struct failure *failure)
{
	int descriptor = -1;
	int own_namespace = -1;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return -1;
	descriptor = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (descriptor < 0)
		fail(failure, "could not open a UDP socket in %s: %s", place(namespace),
		     strerror(errno));
	leave_namespace(own_namespace);
	if (descriptor >= 0 && !enlarge_buffers(descriptor)) {
		fail(failure, "could not enlarge the socket buffers in %s: %s", place(namespace),
		     strerror(errno));
		close(descriptor);
		return -1;
	}
	return descriptor;
}

static bool open_ends(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	struct address address;
	const struct sockaddr *server = (const struct sockaddr *)&address.storage;

	if (!parse_address(&address, plan->server_address, plan->server_port, failure))
		return false;
	path->server_socket = open_socket(plan->server_namespace, server->sa_family, failure);
	if (path->server_socket < 0)
		return false;
	if (bind(path->server_socket, server, address.bytes) != 0)
		return fail(failure, "could not bind %s:%u in %s: %s", plan->server_address,
			    plan->server_port, place(plan->server_namespace), strerror(errno));
	path->client_socket = open_socket(plan->client_namespace, server->sa_family, failure);
	if (path->client_socket < 0)
		return false;
	/* Connected, so that the route is looked up once and strangers' packets are refused. */
	if (connect(path->client_socket, server, address.bytes) != 0)
		return fail(failure, "could not connect to %s:%u from %s: %s", plan->server_address,
			    plan->server_port, place(plan->client_namespace), strerror(errno));
	return true;
}

bool path_open(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	path->client_socket = -1;
	path->server_socket = -1;
	snprintf(path->name, sizeof(path->name), "%s", plan->name);
	if (open_ends(path, plan, failure))
		return true;
	path_close(path);
	return false;
}

void path_close(struct path *path)
{
	if (path->client_socket >= 0)
		close(path->client_socket);
	if (path->server_socket >= 0)
		close(path->server_socket);
}

void discard_waiting(int socket)
{
	char byte;

	/* MSG_TRUNC returns the packet's length: > 0, as udpgen sends no empty ones; 0 is a stranger's. */
	for (int looks = 0; looks < PACKETS_MAX; looks++)
		if (recv(socket, &byte, sizeof(byte), MSG_TRUNC) < 0)
			return;
}

void sleep_until_packet(int socket, uint64_t timeout_ns)
{
	struct pollfd wanted = { .fd = socket, .events = POLLIN };
	struct timespec timeout = {
		.tv_sec = (time_t)(timeout_ns / NS_PER_S),
		.tv_nsec = (long)(timeout_ns % NS_PER_S),
	};

	ppoll(&wanted, 1, &timeout, NULL);
}
