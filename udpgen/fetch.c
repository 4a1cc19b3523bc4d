// SPDX-License-Identifier: Apache-2.0
#include "fetch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "clock.h"
#include "http-date.h"
#include "namespace.h"
#include "web-page.h"

struct connection {
	/* −1 where it is closed. */
	int socket;
	/* False until its request has been sent. */
	bool is_asked;
	const struct fetch_target *target;
	struct address address;
	/* The second in which the request was sent. */
	time_t asked_s;
	size_t bytes;
	/* One byte more than any page has, so that a longer answer shows. */
	char content[ANSWER_BYTES_MAX + 1];
};

/* Of the command under way. */
static struct connection connections[CONNECTIONS_MAX];
static struct web_page pages[SERVERS_MAX];
static char request[FETCH_REQUEST_BYTES_MAX];

struct fetch {
	const struct fetch_plan *plan;
	struct fetch_counts *counts;
	/* Requests that no connection has taken yet. */
	uint32_t left;
};

static void connection_close(struct connection *connection)
{
	if (connection->socket >= 0)
		close(connection->socket);
	connection->socket = -1;
}

/*
 * Takes a request and a connection for it. Where that cannot even be begun the request is used up: there
 * is an end to tries.
 */
static void connection_open(struct fetch *fetch, struct connection *connection)
{
	const struct address *address = &connection->address;
	struct failure ignored;

	connection_close(connection);
	while (connection->socket < 0 && fetch->left > 0) {
		fetch->left--;
		connection->is_asked = false;
		connection->socket = address_socket(
			address, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, &ignored);
		if (connection->socket >= 0 && !address_connect(connection->socket, address) &&
		    errno != EINPROGRESS)
			connection_close(connection);
	}
}

static bool connection_ask(struct connection *connection)
{
	size_t bytes = strlen(request);

	connection->is_asked = true;
	connection->bytes = 0;
	connection->asked_s = time(NULL);
	return send(connection->socket, request, bytes, MSG_NOSIGNAL) == (ssize_t)bytes;
}

static bool is_date_right(const struct connection *connection, const struct web_page *page)
{
	return page->date_at == 0 || is_http_date_within(connection->content + page->date_at,
							 connection->asked_s, time(NULL));
}

/* The number, from 1, of a server whose page begins as the answer does; 0 where there is none. */
static uint32_t server_of(const struct fetch_plan *plan, const struct connection *connection)
{
	uint32_t called = connection->target->server;

	/* The one called first: pages of two servers may be the same. */
	for (uint32_t i = 0; i <= plan->servers_count; i++) {
		uint32_t server = i == 0 ? called : i;

		if (server > 0 && web_page_begins_with(&pages[server - 1], connection->content,
						       connection->bytes))
			return server;
	}
	return 0;
}

/* Counts what has come of an answer. False where nothing further can be asked over the connection. */
static bool judge(struct fetch *fetch, struct connection *connection)
{
	uint32_t called = connection->target->server, server = server_of(fetch->plan, connection);
	struct fetch_counts *counts = fetch->counts;

	if (server > 0 && connection->bytes < pages[server - 1].bytes)
		return true;
	counts->answered++;
	connection->is_asked = false;
	if (server == 0 || !is_date_right(connection, &pages[server - 1]))
		counts->corrupted++;
	else if (called > 0 && server != called)
		counts->misdirected++;
	return server > 0;
}

/* True if the connection goes on. */
static bool receive(struct fetch *fetch, struct connection *connection)
{
	ssize_t bytes = recv(connection->socket, connection->content + connection->bytes,
			     sizeof(connection->content) - connection->bytes, 0);

	if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (bytes <= 0)
		return false;
	connection->bytes += (size_t)bytes;
	if (!judge(fetch, connection))
		return false;
	if (connection->is_asked)
		return true;
	if (fetch->left == 0)
		return false;
	fetch->left--;
	return connection_ask(connection);
}

static void go_on(struct fetch *fetch, struct connection *connection)
{
	bool goes_on =
		connection->is_asked ? receive(fetch, connection) : connection_ask(connection);

	if (!goes_on)
		connection_open(fetch, connection);
}

/* Waits for what comes next. False where no connection is open. */
static bool wait_for_any(struct pollfd *polled, uint32_t count, uint64_t timeout_ns)
{
	const struct timespec timeout = {
		.tv_sec = (time_t)(timeout_ns / NS_PER_S),
		.tv_nsec = (long)(timeout_ns % NS_PER_S),
	};
	bool is_any_open = false;

	for (uint32_t i = 0; i < count; i++) {
		/* poll(2) passes over negative descriptors. */
		polled[i] = (struct pollfd){
			.fd = connections[i].socket,
			.events = connections[i].is_asked ? POLLIN : POLLOUT,
		};
		is_any_open |= connections[i].socket >= 0;
	}
	return is_any_open && ppoll(polled, count, &timeout, NULL) >= 0;
}

static void run(struct fetch *fetch)
{
	uint32_t count = fetch->plan->connections;
	uint64_t end_ns = now_ns() + fetch->plan->timeout_ns, time_ns;
	struct pollfd polled[CONNECTIONS_MAX];

	for (uint32_t i = 0; i < count; i++)
		connection_open(fetch, &connections[i]);
	while ((time_ns = now_ns()) < end_ns && wait_for_any(polled, count, end_ns - time_ns))
		for (uint32_t i = 0; i < count; i++)
			if (polled[i].revents)
				go_on(fetch, &connections[i]);
	for (uint32_t i = 0; i < count; i++)
		connection_close(&connections[i]);
}

/* Nothing of a former command stays. */
static bool prepare(const struct fetch_plan *plan, struct failure *failure)
{
	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: pathbench\r\nUser-Agent: pathbench\r\n\r\n", plan->page);
	for (uint32_t i = 0; i < plan->servers_count; i++)
		if (!web_page_read(&pages[i], plan->servers[i], request, failure))
			return false;
	for (uint32_t i = 0; i < plan->connections; i++) {
		const struct fetch_target *target = &plan->targets[i % plan->targets_count];

		connections[i].socket = -1;
		connections[i].target = target;
		if (!address_parse(&connections[i].address, target->address, target->port, "target",
				   failure))
			return false;
	}
	return true;
}

bool fetch_pages(struct fetch_counts *counts, const struct fetch_plan *plan,
		 struct failure *failure)
{
	struct fetch fetch = { .plan = plan, .counts = counts, .left = plan->requests };
	int own_namespace;

	memset(counts, 0, sizeof(*counts));
	if (!prepare(plan, failure) || !enter_namespace(plan->namespace, &own_namespace, failure))
		return false;
	run(&fetch);
	leave_namespace(own_namespace);
	return true;
}
