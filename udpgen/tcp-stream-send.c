// SPDX-License-Identifier: Apache-2.0
/*
 * TCP streams, the sending side: as much as the kernel takes, on every connection in turn. Where it takes no
 * more, the thread sleeps until it does: its CPU time is what sending costs.
 */
#include <errno.h>
#include <sys/socket.h>

#include "clock.h"
#include "stream-pattern.h"
#include "tcp-socket.h"
#include "tcp-stream.h"
#include "trial.h"

/* For notices of what has arrived: acknowledgements are at most 40 ms late. */
#define NOTICES_TIMEOUT_NS (100 * NS_PER_MS)

/* Of each connection. */
static uint64_t sent[TCP_CONNECTIONS_MAX];

/* Sends a piece. Returns how much the kernel took; errno goes into the record where the connection died. */
static uint64_t send_piece(const struct run *run, uint32_t connection)
{
	const struct trial *trial = run->trial;
	uint64_t left = stream_share(trial, connection) - sent[connection];
	size_t bytes = left < trial->tcp.send_bytes ? (size_t)left : trial->tcp.send_bytes;
	const unsigned char *data = stream_at(stream_base(trial, connection) + sent[connection]);
	const bool zerocopy = trial->tcp.pool->settings.zerocopy;
	ssize_t taken;

	if (bytes == 0)
		return 0;
	taken = send(stream_senders(trial)[connection], data, bytes,
		     MSG_NOSIGNAL | (zerocopy ? MSG_ZEROCOPY : 0));
	if (taken < 0) {
		/* Without memory for another notice the kernel takes no more until some are read. */
		if (errno != EAGAIN && errno != EINTR && !(zerocopy && errno == ENOBUFS))
			run->record->tcp.error = errno;
		return 0;
	}
	run->record->tcp.zerocopy.sends += zerocopy;
	sent[connection] += (uint64_t)taken;
	return (uint64_t)taken;
}

/* Until the kernel takes more on a connection that has more to send: others would not let the thread sleep. */
static void wait_for_any(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct tcp_waits waits = { 0 };

	for (uint32_t i = 0; i < trial->tcp.pool->count; i++) {
		if (trial->tcp.pool->settings.zerocopy)
			zerocopy_reap(stream_senders(trial)[i], &run->record->tcp.zerocopy);
		if (sent[i] < stream_share(trial, i))
			tcp_wait_for(&waits, stream_senders(trial)[i], POLLOUT);
	}
	tcp_sleep(&waits, TCP_SLEEP_NS);
}

static uint64_t send_round(const struct run *run)
{
	uint64_t taken = 0;

	for (uint32_t i = 0; i < run->trial->tcp.pool->count; i++)
		taken += send_piece(run, i);
	return taken;
}

static void send_all(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	const uint64_t end_ns = record->start_ns + tcp_trial_limit_ns(trial);
	uint64_t moved_ns = record->start_ns, look_ns = moved_ns;

	while (record->tcp.stream_sent < trial->tcp.bytes && record->tcp.error == 0) {
		uint64_t taken = send_round(run);

		if (taken > 0) {
			record->tcp.stream_sent += taken;
			moved_ns = 0;
			continue;
		}
		/* The time of the last look: one that was late takes nothing for dead. */
		if (moved_ns == 0)
			moved_ns = now_ns();
		else if (look_ns > moved_ns + trial->timeout_ns)
			record->tcp.error = record->tcp.error ? record->tcp.error : ETIMEDOUT;
		look_ns = now_ns();
		if (look_ns > end_ns && record->tcp.error == 0)
			record->tcp.error = ETIME;
		if (record->tcp.error == 0)
			wait_for_any(run);
	}
}

/* Those that came too late for a trial before are none of this one's. */
static void forget_notices(const struct trial *trial)
{
	struct zerocopy before = { 0 };

	for (uint32_t i = 0; trial->tcp.pool->settings.zerocopy && i < trial->tcp.pool->count; i++)
		zerocopy_reap(stream_senders(trial)[i], &before);
}

void tcp_stream_send(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	struct tcp_account account;
	struct thread_cost start;

	memset(sent, 0, sizeof(sent));
	forget_notices(trial);
	record->tcp.error = tcp_pool_error(trial->tcp.pool);
	await_receiver_ready(run);
	account = tcp_account_now(trial->tcp.pool);
	start = thread_cost_now();
	record->start_ns = now_ns();
	send_all(run);
	record->sent_ns = now_ns();
	record->sender_cost = thread_cost_since(start);
	turn_raise(&run->rendezvous->requests_sent, run->number, run->blocking);
	/* The receiver waits no longer than for what may still come. */
	turn_await(&run->rendezvous->requests_served, run->number, true);
	if (trial->tcp.pool->settings.zerocopy)
		zerocopy_await(stream_senders(trial), trial->tcp.pool->count, &record->tcp.zerocopy,
			       NOTICES_TIMEOUT_NS);
	tcp_account_since(&account, trial->tcp.pool, 0, &record->tcp.forth, &record->tcp.back);
	sender_is_done(run);
}
