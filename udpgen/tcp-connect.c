// SPDX-License-Identifier: Apache-2.0
#include "tcp-connect.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "namespace.h"
#include "tcp-ends.h"
#include "tcp-message.h"
#include "tcp-socket.h"

#define CALLS_MAX (TCP_POOLS_MAX * TCP_CONNECTIONS_MAX)
/* Between looks at all sockets, so that who carries the packets has the CPU. */
#define LOOK_NS 200000

/* A connection to be: the client's end says hello, and waits to be welcomed. */
struct call {
	struct tcp_pool *pool;
	uint32_t connection;
	/* −1 where it was refused. */
	int socket;
	struct tcp_outgoing hello;
	struct tcp_incoming welcome;
	bool is_welcome;
};

/* An accepted socket that has not yet said whose it is. */
struct guest {
	/* −1 once it has. */
	int socket;
	uint8_t server;
	struct tcp_incoming hello;
};

/* Of the command under way. */
static struct call calls[CALLS_MAX];
static struct guest guests[CALLS_MAX];
static uint32_t calls_count, guests_count;
static struct tcp_inbox inbox;

struct attempt {
	struct tcp_ends *ends;
	uint32_t id;
	struct tcp_connected *connected;
};

static void begin_call(struct attempt *attempt, struct tcp_pool *pool, uint32_t connection)
{
	const struct address *target =
		&attempt->ends->targets[connection % attempt->ends->targets_count];
	struct call *call = &calls[calls_count];

	*call = (struct call){ .pool = pool, .connection = connection };
	call->socket = tcp_call(target, &pool->settings);
	if (call->socket < 0)
		attempt->connected->error = errno;
	call->hello.header = (struct packet_header){
		.trial_id = attempt->id,
		.kind = PACKET_HELLO,
		.sequence = (uint32_t)(pool - attempt->ends->pools),
		.flow = (uint16_t)connection,
	};
	tcp_message_begin(&call->hello, sizeof(call->hello.header));
	call->welcome.bytes = sizeof(call->welcome.header);
	calls_count++;
}

static void begin_calls(struct attempt *attempt)
{
	calls_count = guests_count = 0;
	for (uint32_t i = 0; i < attempt->ends->pools_count; i++) {
		struct tcp_pool *pool = &attempt->ends->pools[i];

		tcp_pool_close(pool);
		memset(pool->servers, -1, sizeof(pool->servers));
		memset(pool->clients, -1, sizeof(pool->clients));
		for (uint32_t connection = 0; connection < pool->wanted; connection++)
			begin_call(attempt, pool, connection);
	}
	attempt->connected->wanted = calls_count;
}

static void end_call(struct attempt *attempt, struct call *call, int error)
{
	attempt->connected->error = error;
	tcp_abort(call->socket);
	call->socket = -1;
}

/* The client's side of a connection, as far as it goes at once. */
static void go_on_call(struct attempt *attempt, struct call *call)
{
	enum tcp_progress progress = TCP_STUCK;

	if (call->socket < 0 || call->is_welcome)
		return;
	if (!tcp_is_sent(&call->hello))
		progress = tcp_message_send(call->socket, &call->hello);
	else
		progress = tcp_message_receive(call->socket, &call->welcome, &inbox);
	/* ENOTCONN: nobody has answered the SYN yet. */
	if (progress == TCP_DEAD && errno != ENOTCONN)
		end_call(attempt, call, errno);
	if (progress != TCP_WHOLE || call->welcome.got == 0)
		return;
	if (!tcp_message_is(&call->welcome, PACKET_WELCOME, attempt->id, call->connection)) {
		end_call(attempt, call, EBADMSG);
		return;
	}
	call->is_welcome = true;
	call->pool->clients[call->connection] = call->socket;
	attempt->connected->established++;
}

static void accept_guests(struct attempt *attempt, uint32_t server)
{
	static const struct tcp_settings none;
	int socket;

	while (guests_count < CALLS_MAX &&
	       (socket = tcp_accept(attempt->ends->listeners[server], &none)) >= 0)
		guests[guests_count++] = (struct guest){
			.socket = socket,
			.server = (uint8_t)server,
			.hello = { .bytes = sizeof(struct packet_header) },
		};
}

/* The pool that a guest said hello to, or NULL: it may be of an attempt before this, or of a trial. */
static struct tcp_pool *pool_of(struct attempt *attempt, const struct guest *guest)
{
	const struct packet_header *header = &guest->hello.header;

	if (header->sequence >= attempt->ends->pools_count ||
	    header->flow >= attempt->ends->pools[header->sequence].wanted ||
	    !tcp_message_is(&guest->hello, PACKET_HELLO, attempt->id, header->flow))
		return NULL;
	return &attempt->ends->pools[header->sequence];
}

static bool welcome_guest(struct attempt *attempt, const struct guest *guest)
{
	struct tcp_pool *pool = pool_of(attempt, guest);
	uint32_t connection = guest->hello.header.flow;
	struct tcp_outgoing welcome = { .header = guest->hello.header };
	uint8_t called;

	if (!pool || pool->servers[connection] >= 0 || !tcp_set(guest->socket, &pool->settings))
		return false;
	called = attempt->ends->called[connection % attempt->ends->targets_count];
	attempt->connected->misdirected += called != 0 && called != guest->server + 1;
	pool->servers[connection] = guest->socket;
	pool->server_of[connection] = guest->server;
	welcome.header.kind = PACKET_WELCOME;
	tcp_message_begin(&welcome, sizeof(welcome.header));
	/* A new connection's buffer has room for it. */
	if (tcp_message_send(guest->socket, &welcome) == TCP_WHOLE)
		return true;
	pool->servers[connection] = -1;
	return false;
}

static void go_on_guest(struct attempt *attempt, struct guest *guest)
{
	enum tcp_progress progress;

	if (guest->socket < 0)
		return;
	progress = tcp_message_receive(guest->socket, &guest->hello, &inbox);
	if (progress != TCP_WHOLE && progress != TCP_DEAD)
		return;
	if (progress == TCP_DEAD || !welcome_guest(attempt, guest))
		tcp_abort(guest->socket);
	guest->socket = -1;
}

static void look_once(struct attempt *attempt)
{
	for (uint32_t i = 0; i < calls_count; i++)
		go_on_call(attempt, &calls[i]);
	for (uint32_t i = 0; i < attempt->ends->listeners_count; i++)
		accept_guests(attempt, i);
	for (uint32_t i = 0; i < guests_count; i++)
		go_on_guest(attempt, &guests[i]);
}

/* Whether some connection may still come to be. */
static bool is_any_open(void)
{
	for (uint32_t i = 0; i < calls_count; i++)
		if (calls[i].socket >= 0 && !calls[i].is_welcome)
			return true;
	return false;
}

/* Why a connection is not there whose time is up, where nothing else has told. */
static void note_overdue(struct attempt *attempt, const struct call *call)
{
	if (call->socket >= 0 && !call->is_welcome && attempt->connected->error == 0)
		attempt->connected->error = tcp_is_sent(&call->hello) ? ETIMEDOUT : EINPROGRESS;
}

/*
 * All or none: what is half open goes, and where one is missing the others do. A welcome that was to be acknowledged
 * with what comes next would be so by itself 40 ms later, and count among a trial's packets.
 */
static void settle(struct attempt *attempt)
{
	bool is_all = attempt->connected->established == attempt->connected->wanted &&
		      attempt->connected->misdirected == 0;

	for (uint32_t i = 0; i < guests_count; i++)
		tcp_abort(guests[i].socket);
	for (uint32_t i = 0; i < calls_count; i++) {
		note_overdue(attempt, &calls[i]);
		if (calls[i].is_welcome)
			tcp_acknowledge(calls[i].socket, &calls[i].pool->settings);
		else
			tcp_abort(calls[i].socket);
	}
	for (uint32_t i = 0; i < attempt->ends->pools_count; i++) {
		attempt->ends->pools[i].count = attempt->ends->pools[i].wanted;
		if (!is_all)
			tcp_pool_close(&attempt->ends->pools[i]);
	}
}

bool tcp_connect_all(struct tcp_ends *ends, uint32_t id, uint64_t timeout_ns,
		     struct tcp_connected *connected, struct failure *failure)
{
	struct attempt attempt = { .ends = ends, .id = id, .connected = connected };
	const struct timespec pause = { .tv_nsec = LOOK_NS };
	uint64_t end_ns = now_ns() + timeout_ns;
	int own_namespace;

	memset(connected, 0, sizeof(*connected));
	if (!tcp_enter_client(ends, &own_namespace, failure))
		return false;
	begin_calls(&attempt);
	tcp_leave_client(ends, own_namespace);
	for (;;) {
		/* Before the look: one after the end counts. */
		uint64_t look_ns = now_ns();

		look_once(&attempt);
		if (!is_any_open() || look_ns > end_ns)
			break;
		nanosleep(&pause, NULL);
	}
	settle(&attempt);
	return true;
}
