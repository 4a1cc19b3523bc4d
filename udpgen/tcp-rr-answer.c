// SPDX-License-Identifier: Apache-2.0
/* TCP transactions, the servers' side: every question is answered at once. */
#include <errno.h>
#include <sys/socket.h>

#include "clock.h"
#include "tcp-message.h"
#include "tcp-socket.h"
#include "trial.h"

struct answering {
	struct tcp_incoming question;
	struct tcp_outgoing answer;
	bool is_asked;
};

static struct answering answerings[TCP_CONNECTIONS_MAX];
/* Answers that the kernel took whole. */
static uint32_t answered;
static struct tcp_inbox inbox;

static void expect_question(const struct run *run, struct answering *answering)
{
	answering->question = (struct tcp_incoming){
		.bytes = run->trial->payload_bytes,
		.quick_ack = run->trial->tcp.pool->settings.quick_ack,
	};
	answering->is_asked = false;
}

static enum tcp_progress begin_answer(const struct run *run, uint32_t connection)
{
	struct answering *answering = &answerings[connection];
	const struct tcp_pool *pool = run->trial->tcp.pool;

	if (!tcp_message_is(&answering->question, PACKET_QUESTION, run->trial->id, connection)) {
		errno = EBADMSG;
		return TCP_DEAD;
	}
	run->record->requests_received++;
	run->record->received_by_server[pool->server_of[connection]]++;
	answering->answer.header = answering->question.header;
	answering->answer.header.kind = PACKET_ANSWER;
	tcp_message_begin(&answering->answer, run->trial->tcp.answer_bytes);
	answering->is_asked = true;
	return tcp_message_send(pool->servers[connection], &answering->answer);
}

/* What can be done at once on a connection. */
static enum tcp_progress serve(const struct run *run, uint32_t connection)
{
	struct answering *answering = &answerings[connection];
	const int socket = run->trial->tcp.pool->servers[connection];
	enum tcp_progress progress;

	if (answering->is_asked) {
		progress = tcp_message_send(socket, &answering->answer);
	} else {
		progress = tcp_message_receive(socket, &answering->question, &inbox);
		if (progress == TCP_WHOLE)
			progress = begin_answer(run, connection);
	}
	if (answering->is_asked && tcp_is_sent(&answering->answer)) {
		answered++;
		expect_question(run, answering);
	}
	return progress;
}

/* One look at every connection. False if nothing moved, or one died: errno is then in the record. */
static bool serve_each(const struct run *run, uint64_t *time_ns)
{
	const struct tcp_pool *pool = run->trial->tcp.pool;
	bool is_moved = false;

	for (uint32_t i = 0; i < pool->count; i++) {
		const uint64_t before_ns = *time_ns;
		enum tcp_progress progress = serve(run, i);

		if (progress == TCP_DEAD) {
			run->record->receiver_error = errno;
			/* The client need not wait for an answer. */
			shutdown(pool->servers[i], SHUT_RDWR);
			return false;
		}
		*time_ns = now_ns();
		if (progress == TCP_STUCK)
			continue;
		run->record->receiver_busy_ns += *time_ns - before_ns;
		is_moved = true;
	}
	return is_moved;
}

/* Until a question comes, or the kernel takes more of an answer. */
static void wait_for_any(const struct tcp_pool *pool)
{
	struct tcp_waits waits = { 0 };

	for (uint32_t i = 0; i < pool->count; i++)
		tcp_wait_for(&waits, pool->servers[i], answerings[i].is_asked ? POLLOUT : POLLIN);
	tcp_sleep(&waits, TCP_SLEEP_NS);
}

static void serve_all(const struct run *run)
{
	struct record *record = run->record;
	uint64_t time_ns = now_ns();

	answered = 0;
	while (answered < run->trial->packets && !is_sender_done(run) &&
	       record->receiver_error == 0) {
		if (serve_each(run, &time_ns) || !run->blocking)
			continue;
		wait_for_any(run->trial->tcp.pool);
		time_ns = now_ns();
	}
}

static void record_servers(const struct run *run)
{
	const struct tcp_pool *pool = run->trial->tcp.pool;

	for (uint32_t i = 0; i < pool->count; i++)
		run->record->flows_by_server[pool->server_of[i]]++;
}

void tcp_rr_answer(const struct run *run)
{
	const struct tcp_pool *pool = run->trial->tcp.pool;
	struct thread_cost start;

	for (uint32_t i = 0; i < pool->count; i++)
		expect_question(run, &answerings[i]);
	start = thread_cost_now();
	receiver_is_ready(run);
	serve_all(run);
	run->record->receiver_cost = thread_cost_since(start);
	record_servers(run);
}
