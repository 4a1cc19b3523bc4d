// SPDX-License-Identifier: Apache-2.0
/* Ping-pong, the client's side: one request in flight, each on the next flow. */
#include <sys/socket.h>

#include "clock.h"
#include "drain.h"
#include "packet.h"
#include "stall.h"
#include "trial.h"
#include "udp-socket.h"

static union packet request;
static union packet reply;

/* Sends the request, however often it takes. False if it was refused for too long. */
static bool send_request(const struct run *run)
{
	const int socket = run->trial->path->flows[request.header.flow];
	struct stall stall = { 0 };

	for (;;) {
		request.header.send_ns = now_ns();
		packet_seal(&request);
		if (udp_send(socket, &request, run->trial->payload_bytes, run->trial->is_summed,
			     NULL, 0) >= 0)
			return true;
		if (stall_is_final(&stall)) {
			run->record->send_error = errno;
			return false;
		}
	}
}

static void record_answer(const struct run *run, uint64_t received_ns)
{
	struct histogram **histograms = run->record->histograms;
	uint64_t send_ns = request.header.send_ns;
	uint64_t server_ns = reply.header.server_ns;

	run->record->received++;
	if (!is_timed(run, reply.header.sequence))
		return;
	histogram_record(histograms[PINGPONG_RTT], received_ns - send_ns);
	histogram_record(histograms[PINGPONG_FORWARD], server_ns - send_ns);
	histogram_record(histograms[PINGPONG_RETURN], received_ns - server_ns);
}

/* Counts what a flow's socket received. True if it is the answer to the request in flight. */
static bool count_reply(const struct run *run, uint32_t flow, ssize_t bytes)
{
	const struct packet_header *header = &reply.header;
	struct faults *faults = &run->record->sender_faults;

	if (bytes < 0 || !packet_belongs(&reply, (size_t)bytes, run->trial, PACKET_REPLY, faults))
		return false;
	if (header->flow != flow) {
		faults->misdirected++;
		return false;
	}
	if (!tally_arrival(run->reply_tally, header->sequence, flow))
		return false;
	if (header->sequence == request.header.sequence)
		return true;
	/* Of a request that was given up: its place is not in the histograms. */
	run->record->late++;
	return false;
}

/*
 * Waits for the answer to the request just sent. False if there was none in time: that is, if a
 * look after the deadline showed nothing. An answer that was there by then counts however late the
 * look was, as the delay is then one that an application would have seen.
 */
static bool await_answer(const struct run *run)
{
	const uint32_t flow = request.header.flow;
	const int *socket = &run->trial->path->flows[flow];
	const uint64_t deadline_ns = request.header.send_ns + run->trial->timeout_ns;
	uint64_t look_ns = request.header.send_ns;

	for (;;) {
		ssize_t bytes = recv(*socket, &reply, sizeof(reply), 0);
		uint64_t received_ns = now_ns();

		if (count_reply(run, flow, bytes)) {
			record_answer(run, received_ns);
			return true;
		}
		if (look_ns >= deadline_ns)
			return false;
		if (bytes < 0 && run->blocking && received_ns < deadline_ns)
			sleep_until_packet(socket, 1, deadline_ns - received_ns);
		look_ns = received_ns;
	}
}

static void request_all(const struct run *run)
{
	struct record *record = run->record;
	uint32_t timeouts_in_a_row = 0;

	for (uint32_t i = 0; i < run->trial->packets; i++) {
		request.header.sequence = i;
		request.header.flow = (uint16_t)path_next_flow(run->trial->path);
		if (!send_request(run))
			return;
		record->sent++;
		if (await_answer(run)) {
			timeouts_in_a_row = 0;
			continue;
		}
		record->timeouts++;
		if (++timeouts_in_a_row == TIMEOUTS_IN_A_ROW_MAX ||
		    record->timeouts == TIMEOUTS_MAX)
			return;
	}
}

/* Answers that came to other flows than the one that was waited on, or after the last wait. True if any. */
static bool take_stragglers(const struct run *run)
{
	const struct path *path = run->trial->path;
	bool is_any = false;

	for (uint32_t flow = 0; flow < path->flows_count; flow++) {
		ssize_t bytes;

		while ((bytes = recv(path->flows[flow], &reply, sizeof(reply), 0)) >= 0) {
			count_reply(run, flow, bytes);
			is_any = true;
		}
	}
	return is_any;
}

static void pause_between_looks(const struct run *run)
{
	const struct timespec pause = { .tv_nsec = NS_PER_MS };

	if (run->blocking)
		nanosleep(&pause, NULL);
	else
		relax_cpu();
}

/*
 * Waits until the servers have answered what came to them, however long they had no CPU, and takes the
 * answers that are still missing then, until looks show nothing for a while: what is late is not lost.
 */
static void await_stragglers(const struct run *run)
{
	uint64_t quiet_since_ns, look_ns;

	/* No request is in flight any more. */
	request.header.sequence = UINT32_MAX;
	turn_raise(&run->rendezvous->requests_sent, run->number, run->blocking);
	turn_await(&run->rendezvous->requests_served, run->number, run->blocking);
	quiet_since_ns = now_ns();
	do {
		look_ns = now_ns();
		if (take_stragglers(run))
			quiet_since_ns = look_ns;
		else
			pause_between_looks(run);
	} while (run->reply_tally->received < run->record->requests_received &&
		 look_ns < quiet_since_ns + run->trial->quiet_ns);
}

void pingpong_request(const struct run *run)
{
	const struct path *path = run->trial->path;
	struct record *record = run->record;
	struct thread_cost start;

	packet_prepare(&request, run->trial, PACKET_REQUEST);
	tally_reset(run->reply_tally, run->trial->packets, path->flows_count);
	drain(path->flows, path->flows_count, path->first_trial_id, &record->sender_faults);
	await_receiver_ready(run);
	start = thread_cost_now();
	record->start_ns = now_ns();
	request_all(run);
	record->end_ns = now_ns();
	record->sender_cost = thread_cost_since(start);
	await_stragglers(run);
	record->duplicated = run->reply_tally->duplicated;
	sender_is_done(run);
}
