// SPDX-License-Identifier: Apache-2.0
/* TCP transactions on a connection each, the servers' side: accept, be asked, answer, close; one at a time. */
#include <errno.h>
#include <unistd.h>

#include "clock.h"
#include "tcp-message.h"
#include "tcp-socket.h"
#include "trial.h"

static struct tcp_inbox inbox;

static void wait_for(const struct run *run, int socket, short events)
{
	if (run->blocking)
		tcp_sleep_on(socket, events);
}

static void wait_for_any(const struct run *run, const struct tcp_ends *ends)
{
	struct tcp_waits waits = { 0 };

	if (!run->blocking)
		return;
	for (uint32_t i = 0; i < ends->listeners_count; i++)
		tcp_wait_for(&waits, ends->listeners[i], POLLIN);
	tcp_sleep(&waits, TCP_SLEEP_NS);
}

/* Goes on until the message is whole, the connection dead or the trial over. */
static enum tcp_progress take_question(const struct run *run, int socket,
				       struct tcp_incoming *question)
{
	for (;;) {
		const uint64_t before_ns = now_ns();
		enum tcp_progress progress = tcp_message_receive(socket, question, &inbox);

		if (progress != TCP_STUCK)
			run->record->receiver_busy_ns += now_ns() - before_ns;
		if (progress == TCP_WHOLE || progress == TCP_DEAD || is_sender_done(run))
			return progress;
		if (progress == TCP_STUCK)
			wait_for(run, socket, POLLIN);
	}
}

static void give_answer(const struct run *run, int socket, struct tcp_outgoing *answer)
{
	for (;;) {
		const uint64_t before_ns = now_ns();
		enum tcp_progress progress = tcp_message_send(socket, answer);

		if (progress != TCP_STUCK)
			run->record->receiver_busy_ns += now_ns() - before_ns;
		if (progress == TCP_WHOLE || progress == TCP_DEAD || is_sender_done(run))
			return;
		if (progress == TCP_STUCK)
			wait_for(run, socket, POLLOUT);
	}
}

/* Whether the question is one of this trial; damage is noted. One that was given up by its client has nothing. */
static bool is_question(const struct run *run, uint32_t server, const struct tcp_incoming *question)
{
	const struct tcp_ends *ends = &run->trial->path->tcp;
	uint32_t target = question->header.flow;
	uint8_t called;

	if (target >= ends->targets_count ||
	    !tcp_message_is(question, PACKET_QUESTION, run->trial->id, target)) {
		run->record->receiver_error = EBADMSG;
		return false;
	}
	called = ends->called[target];
	run->record->receiver_faults.misdirected += called != 0 && called != server + 1;
	run->record->requests_received++;
	run->record->received_by_server[server]++;
	return true;
}

static void serve_guest(const struct run *run, uint32_t server, int socket)
{
	struct tcp_incoming question = {
		.bytes = run->trial->payload_bytes,
		.quick_ack = run->trial->tcp.pool->settings.quick_ack,
	};
	struct tcp_outgoing answer = { 0 };
	enum tcp_progress progress = take_question(run, socket, &question);
	uint64_t before_ns;

	if (progress == TCP_DEAD && errno == EBADMSG)
		run->record->receiver_error = EBADMSG;
	if (progress != TCP_WHOLE || !is_question(run, server, &question)) {
		tcp_abort(socket);
		return;
	}
	answer.header = question.header;
	answer.header.kind = PACKET_ANSWER;
	tcp_message_begin(&answer, run->trial->tcp.answer_bytes);
	give_answer(run, socket, &answer);
	before_ns = now_ns();
	close(socket);
	run->record->receiver_busy_ns += now_ns() - before_ns;
}

static bool accept_each(const struct run *run)
{
	const struct tcp_ends *ends = &run->trial->path->tcp;
	bool is_any = false;

	for (uint32_t i = 0; i < ends->listeners_count; i++) {
		const uint64_t before_ns = now_ns();
		int socket = tcp_accept(ends->listeners[i], &run->trial->tcp.pool->settings);

		if (socket < 0)
			continue;
		run->record->receiver_busy_ns += now_ns() - before_ns;
		is_any = true;
		serve_guest(run, i, socket);
	}
	return is_any;
}

void tcp_crr_answer(const struct run *run)
{
	const struct tcp_ends *ends = &run->trial->path->tcp;
	struct record *record = run->record;
	struct thread_cost start = thread_cost_now();

	receiver_is_ready(run);
	while (record->requests_received < run->trial->packets && !is_sender_done(run) &&
	       record->receiver_error == 0)
		if (!accept_each(run))
			wait_for_any(run, ends);
	record->receiver_cost = thread_cost_since(start);
}
