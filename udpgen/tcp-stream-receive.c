// SPDX-License-Identifier: Apache-2.0
/* TCP streams, the receiving side: every byte is compared with what was sent. */
#include <errno.h>
#include <sys/socket.h>

#include "clock.h"
#include "stream-pattern.h"
#include "tcp-socket.h"
#include "tcp-stream.h"
#include "trial.h"

/* What one call takes: it stays in the cache until it is compared. */
#define TAKE_BYTES (128 * 1024)
/* A look that showed less lets data gather: see FLOOD_PAUSE_NS. */
#define ENOUGH_BYTES (64 * 1024)

static _Alignas(64) unsigned char inbox[TAKE_BYTES];
/* Of each connection. */
static uint64_t received[TCP_CONNECTIONS_MAX];

/* Counts bytes that came, and notes when those came that are not timed. */
static void count_bytes(const struct run *run, uint32_t connection, uint64_t bytes)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	uint64_t before = record->stream_received;

	received[connection] += bytes;
	record->stream_received += bytes;
	record->end_ns = now_ns();
	if (before < trial->tcp.lead_bytes && record->stream_received >= trial->tcp.lead_bytes) {
		record->stream_lead_ns = record->end_ns;
		record->stream_lead_bytes = record->stream_received;
	}
}

/* Takes what waits on a connection. Returns how much; errno goes into the record where it died. */
static uint64_t take(const struct run *run, uint32_t connection)
{
	const struct trial *trial = run->trial;
	uint64_t left = stream_share(trial, connection) - received[connection];
	size_t wanted = left < TAKE_BYTES ? (size_t)left : TAKE_BYTES;
	ssize_t bytes;

	if (wanted == 0)
		return 0;
	bytes = recv(stream_receivers(trial)[connection], inbox, wanted, 0);
	if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (bytes > 0)
		tcp_received(stream_receivers(trial)[connection],
			     trial->tcp.pool->settings.quick_ack);
	if (bytes > 0 && stream_matches(inbox, (size_t)bytes,
					stream_base(trial, connection) + received[connection])) {
		count_bytes(run, connection, (uint64_t)bytes);
		return (uint64_t)bytes;
	}
	run->record->receiver_error = bytes < 0 ? errno : bytes == 0 ? EPIPE : EBADMSG;
	/* So that the sender need not wait. */
	shutdown(stream_receivers(trial)[connection], SHUT_RDWR);
	return 0;
}

static uint64_t take_round(const struct run *run)
{
	uint64_t bytes = 0;

	for (uint32_t i = 0; i < run->trial->tcp.pool->count; i++)
		if (run->record->receiver_error == 0)
			bytes += take(run, i);
	return bytes;
}

static bool is_all_sent(const struct run *run)
{
	return turn_reached(&run->rendezvous->requests_sent, run->number);
}

/* Until more comes on a connection that has more to come. */
static void wait_for_any(const struct trial *trial)
{
	struct tcp_waits waits = { 0 };

	for (uint32_t i = 0; i < trial->tcp.pool->count; i++)
		if (received[i] < stream_share(trial, i))
			tcp_wait_for(&waits, stream_receivers(trial)[i], POLLIN);
	tcp_sleep(&waits, TCP_SLEEP_NS);
}

/* Lets data gather, while there is more to be sent. */
static void pause_after_look(const struct run *run, uint64_t look_ns)
{
	if (run->blocking) {
		wait_for_any(run->trial);
		return;
	}
	while (!is_all_sent(run) && now_ns() - look_ns < FLOOD_PAUSE_NS)
		relax_cpu();
}

static void receive_all(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	uint64_t moved_ns = now_ns();

	while (record->stream_received < trial->tcp.bytes && record->receiver_error == 0) {
		/* Before the look: see stream-receive.c. */
		const bool is_sent = is_all_sent(run);
		const uint64_t look_ns = now_ns();
		const uint64_t bytes = take_round(run);

		if (bytes > 0 || !is_sent)
			moved_ns = look_ns;
		else if (record->tcp.error != 0)
			return;
		else if (look_ns > moved_ns + trial->timeout_ns)
			record->receiver_error = ETIMEDOUT;
		if (bytes < ENOUGH_BYTES && record->stream_received < trial->tcp.bytes)
			pause_after_look(run, look_ns);
	}
}

void tcp_stream_receive(const struct run *run)
{
	const struct tcp_pool *pool = run->trial->tcp.pool;
	struct thread_cost start;

	memset(received, 0, sizeof(received));
	start = thread_cost_now();
	receiver_is_ready(run);
	receive_all(run);
	run->record->receiver_cost = thread_cost_since(start);
	for (uint32_t i = 0; i < pool->count; i++)
		run->record->flows_by_server[pool->server_of[i]]++;
	turn_raise(&run->rendezvous->requests_served, run->number, true);
}
