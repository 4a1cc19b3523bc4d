// SPDX-License-Identifier: Apache-2.0
#include "address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

bool address_equals(const struct address *a, const struct address *b)
{
	/* address_parse() leaves no byte undefined. */
	return a->bytes == b->bytes && memcmp(&a->storage, &b->storage, a->bytes) == 0;
}

const char *address_text(const struct address *address, char text[ADDRESS_TEXT_BYTES])
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address->storage;
	char host[INET6_ADDRSTRLEN];

	if (address->storage.ss_family == AF_INET)
		snprintf(text, ADDRESS_TEXT_BYTES, "%s:%u",
			 inet_ntop(AF_INET, &v4->sin_addr, host, sizeof(host)),
			 ntohs(v4->sin_port));
	else
		snprintf(text, ADDRESS_TEXT_BYTES, "[%s]:%u",
			 inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof(host)),
			 ntohs(v6->sin6_port));
	return text;
}

static bool refuse_other_family(int socket, int family)
{
	const int on = 1;

	return family != AF_INET6 ||
	       setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) == 0;
}

int address_socket(const struct address *address, int type, struct failure *failure)
{
	int family = address->storage.ss_family;
	int descriptor = socket(family, type, 0);

	if (descriptor >= 0 && refuse_other_family(descriptor, family))
		return descriptor;
	fail(failure, "could not open an %s socket: %s", family == AF_INET6 ? "IPv6" : "IPv4",
	     strerror(errno));
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

bool address_bind(int socket, const struct address *address)
{
	return bind(socket, (const struct sockaddr *)&address->storage, address->bytes) == 0;
}

bool address_connect(int socket, const struct address *address)
{
	return connect(socket, (const struct sockaddr *)&address->storage, address->bytes) == 0;
}
