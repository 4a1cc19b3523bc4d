// SPDX-License-Identifier: Apache-2.0
/* Ping-pong: one request in flight, answered at once. */
#include <sys/socket.h>

#include "clock.h"
#include "packet.h"
#include "stall.h"
#include "trial.h"

static union packet request;
static union packet reply;
static union packet server_packet;

/* Sends the request, however often it takes. False if it was refused for too long. */
static bool send_request(const struct run *run, uint32_t sequence)
{
	struct stall stall = { 0 };

	request.header.sequence = sequence;
	for (;;) {
		request.header.send_ns = now_ns();
		if (send(run->trial->path->client_socket, &request, run->trial->payload_bytes, 0) >=
		    0)
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

/*
 * Waits for the answer to the request just sent. False if there was none in time: that is, if a
 * look after the deadline showed nothing. An answer that was there by then counts however late the
 * look was, as the delay is then one that an application would have seen.
 */
static bool await_answer(const struct run *run)
{
	const int socket = run->trial->path->client_socket;
	const uint64_t deadline_ns = request.header.send_ns + run->trial->timeout_ns;
	uint64_t look_ns = request.header.send_ns;

	for (;;) {
		ssize_t bytes = recv(socket, &reply, sizeof(reply), 0);
		uint64_t received_ns = now_ns();

		if (packet_belongs(&reply.header, bytes, run->trial, PACKET_REPLY) &&
		    tally_arrival(run->tally, reply.header.sequence)) {
			if (reply.header.sequence == request.header.sequence) {
				record_answer(run, received_ns);
				return true;
			}
			/* Of a request that was given up: its place is not in the histograms. */
			run->record->late++;
		}
		if (look_ns >= deadline_ns)
			return false;
		if (bytes < 0 && run->blocking && received_ns < deadline_ns)
			sleep_until_packet(socket, deadline_ns - received_ns);
		look_ns = received_ns;
	}
}

static void request_all(const struct run *run)
{
	struct record *record = run->record;
	uint32_t timeouts_in_a_row = 0;

	for (uint32_t i = 0; i < run->trial->packets; i++) {
		if (!send_request(run, i))
			return;
		record->sent++;
		if (await_answer(run)) {
			timeouts_in_a_row = 0;
			continue;
		}
		record->timeouts++;
		if (++timeouts_in_a_row == TIMEOUTS_IN_A_ROW_MAX)
			return;
	}
}

void pingpong_request(const struct run *run)
{
	struct thread_cost start;

	packet_prepare(&request, run->trial, PACKET_REQUEST);
	tally_reset(run->tally, run->trial->packets);
	discard_waiting(run->trial->path->client_socket);
	await_receiver_ready(run);
	start = thread_cost_now();
	run->record->start_ns = now_ns();
	request_all(run);
	run->record->end_ns = now_ns();
	run->record->sender_cost = thread_cost_since(start);
	run->record->duplicated = run->tally->duplicated;
	sender_is_done(run);
}

static void answer(const struct run *run, const struct sockaddr_storage *client,
		   socklen_t client_bytes)
{
	server_packet.header.kind = PACKET_REPLY;
	/* A reply that is refused is a request without an answer, which the client counts. */
	(void)sendto(run->trial->path->server_socket, &server_packet, run->trial->payload_bytes, 0,
		     (const struct sockaddr *)client, client_bytes);
}

static void answer_all(const struct run *run)
{
	const int socket = run->trial->path->server_socket;

	while (!is_sender_done(run)) {
		struct sockaddr_storage client;
		socklen_t client_bytes = sizeof(client);
		uint64_t server_ns;
		ssize_t bytes = recvfrom(socket, &server_packet, sizeof(server_packet), 0,
					 (struct sockaddr *)&client, &client_bytes);

		if (bytes < 0) {
			if (run->blocking)
				sleep_until_packet(socket, IDLE_TIMEOUT_NS);
			continue;
		}
		/* Before the packet is looked at: the closest that this gets to its delivery. */
		server_ns = now_ns();
		if (!packet_belongs(&server_packet.header, bytes, run->trial, PACKET_REQUEST))
			continue;
		server_packet.header.server_ns = server_ns;
		answer(run, &client, client_bytes);
		/* So that a blocking server is not asleep when the client has its last answer. */
		if (server_packet.header.sequence == run->trial->packets - 1)
			return;
	}
}

void pingpong_reply(const struct run *run)
{
	struct thread_cost start;

	discard_waiting(run->trial->path->server_socket);
	start = thread_cost_now();
	receiver_is_ready(run);
	answer_all(run);
	run->record->receiver_cost = thread_cost_since(start);
}
