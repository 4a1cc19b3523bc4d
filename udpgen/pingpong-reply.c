// SPDX-License-Identifier: Apache-2.0
/* Ping-pong, the servers' side: every request is answered at once. */
#include <sys/socket.h>

#include "clock.h"
#include "packet.h"
#include "trial.h"
#include "udp-socket.h"

static union packet packet;

static void count_request(const struct run *run, uint32_t server)
{
	const struct packet_header *header = &packet.header;
	struct record *record = run->record;

	record->moved_packets +=
		flow_has_moved(&run->trial->path->flow_servers, header->flow, server);
	if (tally_arrival(run->tally, header->sequence, header->flow))
		record->received_by_server[server]++;
}

/* Takes a packet from the server's socket, and answers a request. False if there was none. */
static bool serve(const struct run *run, uint32_t server)
{
	const int socket = run->trial->path->servers[server];
	struct sockaddr_storage client;
	socklen_t client_bytes = sizeof(client);
	ssize_t bytes = recvfrom(socket, &packet, sizeof(packet), 0, (struct sockaddr *)&client,
				 &client_bytes);
	uint64_t server_ns;

	if (bytes < 0)
		return false;
	/* Before the packet is looked at: the closest that this gets to its delivery. */
	server_ns = now_ns();
	if (!packet_belongs(&packet, bytes, run->trial, PACKET_REQUEST))
		return true;
	packet.header.server_ns = server_ns;
	packet.header.kind = PACKET_REPLY;
	/* A reply that is refused is a request without an answer, which the client counts. */
	(void)sendto(socket, &packet, run->trial->payload_bytes, 0,
		     (const struct sockaddr *)&client, client_bytes);
	count_request(run, server);
	return true;
}

/* So that blocking servers are not asleep when the client has its last answer. */
static bool is_last_answered(const struct run *run)
{
	return run->tally->end == run->trial->packets;
}

static void serve_all(const struct run *run)
{
	const struct path *path = run->trial->path;

	while (!is_sender_done(run)) {
		bool is_idle = true;

		for (uint32_t server = 0; server < path->servers_count; server++)
			if (serve(run, server))
				is_idle = false;
		if (is_last_answered(run))
			return;
		if (is_idle && run->blocking)
			sleep_until_packet(path->servers, path->servers_count, IDLE_TIMEOUT_NS);
	}
}

void pingpong_reply(const struct run *run)
{
	const struct path *path = run->trial->path;
	struct thread_cost start;

	tally_reset(run->tally, run->trial->packets, path->flows_count);
	discard_waiting(path->servers, path->servers_count);
	start = thread_cost_now();
	receiver_is_ready(run);
	serve_all(run);
	run->record->receiver_cost = thread_cost_since(start);
	record_flows(run);
}
