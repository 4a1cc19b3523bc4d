// SPDX-License-Identifier: Apache-2.0
/*
 * TCP transactions on a connection each, the client's side: connect, ask, be answered, close; one at a time. The
 * time runs from the call that sends the SYN to the last byte of the answer.
 *
 * The server closes first, as one of HTTP does that keeps no connection: the port that stays taken for a while
 * (TIME_WAIT, RFC 9293, 3.6.1) is at its end, and the client's are free again.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "namespace.h"
#include "tcp-ends.h"
#include "tcp-message.h"
#include "tcp-socket.h"
#include "trial.h"

static struct tcp_inbox inbox;

struct call {
	const struct run *run;
	int socket;
	struct tcp_outgoing question;
	struct tcp_incoming answer;
	/* The time as of the last clock read, and when something last moved. */
	uint64_t time_ns;
	uint64_t moved_ns;
};

static void prepare(struct call *call, uint32_t sequence, uint32_t target)
{
	const struct trial *trial = call->run->trial;

	call->question.header = (struct packet_header){
		.trial_id = trial->id,
		.sequence = sequence,
		.kind = PACKET_QUESTION,
		.flow = (uint16_t)target,
	};
	tcp_message_begin(&call->question, trial->payload_bytes);
	call->answer = (struct tcp_incoming){
		.bytes = trial->tcp.answer_bytes,
		.quick_ack = trial->tcp.pool->settings.quick_ack,
	};
}

/* One step further. ENOTCONN: nobody has answered the SYN yet. */
static enum tcp_progress step(struct call *call)
{
	enum tcp_progress progress =
		tcp_is_sent(&call->question)
			? tcp_message_receive(call->socket, &call->answer, &inbox)
			: tcp_message_send(call->socket, &call->question);

	return progress == TCP_DEAD && errno == ENOTCONN ? TCP_STUCK : progress;
}

/* Waits until something can be done. False where nothing came for too long. Before a SYN is answered nothing is sent. */
static bool wait_for_more(struct call *call, uint64_t look_ns)
{
	if (look_ns > call->moved_ns + call->run->trial->timeout_ns) {
		errno = call->question.sent == 0 ? EINPROGRESS : ETIMEDOUT;
		return false;
	}
	if (call->run->blocking) {
		tcp_sleep_on(call->socket, tcp_is_sent(&call->question) ? POLLIN : POLLOUT);
		call->time_ns = now_ns();
	}
	return true;
}

/* Asks and is answered. False with errno. */
static bool converse(struct call *call)
{
	struct tcp_record *record = &call->run->record->tcp;
	bool is_answered = false;

	while (!is_answered) {
		const uint64_t before_ns = call->time_ns;
		enum tcp_progress progress = step(call);

		call->time_ns = now_ns();
		if (progress == TCP_DEAD)
			return false;
		if (progress == TCP_STUCK) {
			if (!wait_for_more(call, before_ns))
				return false;
			continue;
		}
		record->busy_ns += call->time_ns - before_ns;
		call->moved_ns = call->time_ns;
		is_answered = progress == TCP_WHOLE && call->answer.got > 0;
	}
	errno = EBADMSG;
	return tcp_message_is(&call->answer, PACKET_ANSWER, call->run->trial->id,
			      call->question.header.flow) &&
	       call->answer.header.sequence == call->question.header.sequence;
}

/* Waits for the server to close. False with errno. */
static bool see_off(struct call *call)
{
	for (;;) {
		char more;
		const uint64_t look_ns = call->time_ns;
		ssize_t bytes = recv(call->socket, &more, sizeof(more), 0);

		call->time_ns = now_ns();
		if (bytes == 0)
			return true;
		if (bytes > 0) {
			errno = EBADMSG;
			return false;
		}
		if ((errno != EAGAIN && errno != EINTR) || !wait_for_more(call, look_ns))
			return false;
	}
}

/*
 * Counts the connection's packets. Its FIN is still to be sent, and acknowledged; what acknowledges the
 * server's may come with it or by itself.
 */
static void count_packets(const struct call *call)
{
	struct tcp_record *record = &call->run->record->tcp;
	struct tcp_totals totals = tcp_totals_of(&call->socket, 1);

	record->forth.segments += totals.segments_out + 1;
	record->forth.retransmitted += totals.retransmitted;
	record->forth.duplicated += totals.duplicated;
	record->forth.packets_least += totals.segments_out + 1 - totals.retransmitted;
	record->forth.packets_most += totals.segments_out + 2;
	record->back.segments += totals.segments_in + 1;
	record->back.packets_least += totals.segments_in;
	record->back.packets_most += totals.segments_in + 2;
	record->forth.window = totals.window;
	record->forth.smoothed_rtt_ns = totals.smoothed_rtt_ns;
}

/* A whole transaction. False with errno. */
static bool transact(const struct run *run, uint32_t sequence, uint32_t target)
{
	const struct trial *trial = run->trial;
	struct call call = { .run = run };
	uint64_t start_ns, end_ns;
	bool is_done;

	prepare(&call, sequence, target);
	start_ns = now_ns();
	call.socket = tcp_call(&trial->path->tcp.targets[target], &trial->tcp.pool->settings);
	if (call.socket < 0)
		return false;
	call.time_ns = call.moved_ns = now_ns();
	run->record->tcp.busy_ns += call.time_ns - start_ns;
	is_done = converse(&call);
	end_ns = call.time_ns;
	if (is_done && is_timed(run, sequence))
		histogram_record(run->record->histograms[TCP_RR_CORRECTED], end_ns - start_ns);
	if (!is_done || !see_off(&call)) {
		int error = errno;

		tcp_abort(call.socket);
		errno = error;
		return false;
	}
	run->record->received++;
	count_packets(&call);
	close(call.socket);
	return true;
}

static void transact_all(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	const uint64_t end_ns = record->start_ns + tcp_trial_limit_ns(trial);

	for (uint32_t i = 0; i < trial->packets; i++) {
		uint32_t target = trial->path->tcp.next_target++ % trial->path->tcp.targets_count;

		record->sent++;
		if (!transact(run, i, target)) {
			record->tcp.error = errno;
			return;
		}
		if (now_ns() > end_ns) {
			record->tcp.error = ETIME;
			return;
		}
	}
}

void tcp_crr_ask(const struct run *run)
{
	struct record *record = run->record;
	struct failure failure;
	struct thread_cost start;
	int own_namespace;
	const bool is_there = tcp_enter_client(&run->trial->path->tcp, &own_namespace, &failure);

	if (!is_there)
		record->tcp.error = EPERM;
	await_receiver_ready(run);
	start = thread_cost_now();
	record->start_ns = now_ns();
	if (is_there)
		transact_all(run);
	record->end_ns = now_ns();
	record->sender_cost = thread_cost_since(start);
	if (is_there)
		tcp_leave_client(&run->trial->path->tcp, own_namespace);
	sender_is_done(run);
}
