// SPDX-License-Identifier: Apache-2.0
/*
 * TCP transactions, the client's side: one question in flight on every connection, the next when its answer
 * has come; or on a schedule, as in paced.c, on whichever connection is free, counted from when it was due.
 */
#include <errno.h>

#include "clock.h"
#include "tcp-message.h"
#include "tcp-socket.h"
#include "trial.h"

struct asking {
	struct tcp_outgoing question;
	struct tcp_incoming answer;
	uint64_t scheduled_ns;
	bool is_in_flight;
};

static struct asking askings[TCP_CONNECTIONS_MAX];
static struct tcp_inbox inbox;

struct state {
	const struct run *run;
	const struct tcp_pool *pool;
	uint64_t first_ns;
	double interval_ns;
	/* The time as of the last clock read. */
	uint64_t time_ns;
	/* Questions that were begun. */
	uint32_t begun;
};

static uint64_t due_ns(const struct state *state)
{
	return state->first_ns + (uint64_t)(state->begun * state->interval_ns);
}

static bool is_due(struct state *state)
{
	if (state->begun >= state->run->trial->packets)
		return false;
	return state->interval_ns == 0 || due_ns(state) <= state->time_ns;
}

static void begin_question(struct state *state, uint32_t connection)
{
	const struct trial *trial = state->run->trial;
	struct asking *asking = &askings[connection];

	state->time_ns = now_ns();
	asking->scheduled_ns = state->interval_ns == 0 ? state->time_ns : due_ns(state);
	asking->question.header = (struct packet_header){
		.trial_id = trial->id,
		.sequence = state->begun++,
		.kind = PACKET_QUESTION,
		.flow = (uint16_t)connection,
		.send_ns = state->time_ns,
	};
	tcp_message_begin(&asking->question, trial->payload_bytes);
	asking->answer = (struct tcp_incoming){
		.bytes = trial->tcp.answer_bytes,
		.quick_ack = state->pool->settings.quick_ack,
	};
	asking->is_in_flight = true;
	state->run->record->sent++;
}

static void record_answer(struct state *state, struct asking *asking)
{
	struct record *record = state->run->record;

	asking->is_in_flight = false;
	record->received++;
	if (!is_timed(state->run, asking->question.header.sequence))
		return;
	histogram_record(record->histograms[TCP_RR_CORRECTED],
			 state->time_ns - asking->scheduled_ns);
	if (state->interval_ns != 0)
		histogram_record(record->histograms[TCP_RR_UNCORRECTED],
				 state->time_ns - asking->question.header.send_ns);
}

static bool is_answer(const struct state *state, uint32_t connection)
{
	const struct asking *asking = &askings[connection];

	return tcp_message_is(&asking->answer, PACKET_ANSWER, state->run->trial->id, connection) &&
	       asking->answer.header.sequence == asking->question.header.sequence;
}

/* What can be done at once on a connection with a question in flight. */
static enum tcp_progress go_on(struct state *state, uint32_t connection)
{
	struct asking *asking = &askings[connection];
	const int socket = state->pool->clients[connection];
	const uint64_t before_ns = state->time_ns;
	enum tcp_progress progress = tcp_is_sent(&asking->question)
					     ? tcp_message_receive(socket, &asking->answer, &inbox)
					     : tcp_message_send(socket, &asking->question);

	state->time_ns = now_ns();
	if (progress == TCP_STUCK)
		return progress;
	state->run->record->tcp.busy_ns += state->time_ns - before_ns;
	if (progress != TCP_WHOLE || asking->answer.got == 0)
		return progress;
	if (!is_answer(state, connection)) {
		errno = EBADMSG;
		return TCP_DEAD;
	}
	record_answer(state, asking);
	return TCP_WHOLE;
}

/* One look at every connection. False if nothing moved; errno is in the record where one died. */
static bool look_once(struct state *state, bool *is_waiting)
{
	bool is_moved = false;

	*is_waiting = false;
	for (uint32_t i = 0; i < state->pool->count; i++) {
		enum tcp_progress progress;

		if (!askings[i].is_in_flight) {
			if (!is_due(state))
				continue;
			begin_question(state, i);
		}
		*is_waiting = true;
		progress = go_on(state, i);
		if (progress == TCP_DEAD) {
			state->run->record->tcp.error = errno;
			return false;
		}
		is_moved |= progress != TCP_STUCK;
	}
	return is_moved;
}

/* Until an answer comes, the kernel takes more of a question, or the next one is due and a connection free for it. */
static void pause_between_looks(struct state *state)
{
	uint64_t sleep_ns = TCP_SLEEP_NS;
	struct tcp_waits waits = { 0 };

	if (state->run->blocking) {
		if (state->interval_ns != 0 && due_ns(state) > state->time_ns &&
		    due_ns(state) - state->time_ns < sleep_ns)
			sleep_ns = due_ns(state) - state->time_ns;
		for (uint32_t i = 0; i < state->pool->count; i++)
			if (askings[i].is_in_flight)
				tcp_wait_for(&waits, state->pool->clients[i],
					     tcp_is_sent(&askings[i].question) ? POLLIN : POLLOUT);
		tcp_sleep(&waits, sleep_ns);
	}
	state->time_ns = now_ns();
}

static void ask_all(struct state *state)
{
	struct record *record = state->run->record;
	const struct trial *trial = state->run->trial;
	const uint64_t end_ns = state->time_ns + tcp_trial_limit_ns(trial);
	uint64_t moved_ns = state->time_ns;

	while (record->received < trial->packets && record->tcp.error == 0) {
		/* Before the look: a thread that was off its CPU takes nothing for dead. */
		const uint64_t look_ns = state->time_ns;
		bool is_waiting;

		if (look_once(state, &is_waiting)) {
			moved_ns = state->time_ns;
			continue;
		}
		if (!is_waiting)
			moved_ns = state->time_ns;
		if (record->tcp.error == 0 && look_ns > moved_ns + trial->timeout_ns)
			record->tcp.error = ETIMEDOUT;
		if (record->tcp.error == 0 && look_ns > end_ns)
			record->tcp.error = ETIME;
		pause_between_looks(state);
	}
}

void tcp_rr_ask(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	struct state state = {
		.run = run,
		.pool = trial->tcp.pool,
		.interval_ns =
			trial->tcp.rate_tps == 0 ? 0 : (double)NS_PER_S / trial->tcp.rate_tps,
	};
	struct tcp_account account;
	struct thread_cost start;

	memset(askings, 0, sizeof(askings));
	record->tcp.error = tcp_pool_error(state.pool);
	await_receiver_ready(run);
	account = tcp_account_now(state.pool);
	start = thread_cost_now();
	record->start_ns = state.time_ns = now_ns();
	state.first_ns = record->start_ns + SCHEDULE_LEAD_NS;
	ask_all(&state);
	record->end_ns = state.time_ns;
	record->sender_cost = thread_cost_since(start);
	tcp_account_since(&account, state.pool, record->received, &record->tcp.forth,
			  &record->tcp.back);
	sender_is_done(run);
}
