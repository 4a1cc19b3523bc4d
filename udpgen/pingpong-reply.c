// SPDX-License-Identifier: Apache-2.0
/* Ping-pong, the servers' side: every request is answered at once. */
#include <sys/socket.h>

#include "clock.h"
#include "drain.h"
#include "packet.h"
#include "trial.h"
#include "udp-socket.h"

/* The longest that a blocking server sleeps without looking whether there is more to wait for. */
#define SLEEP_NS (5 * NS_PER_MS)

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
	struct faults *faults = &run->record->receiver_faults;
	uint64_t server_ns;

	if (bytes < 0)
		return false;
	/* Before the packet is looked at: the closest that this gets to its delivery. */
	server_ns = now_ns();
	if (!packet_belongs(&packet, (size_t)bytes, run->trial, PACKET_REQUEST, faults))
		return true;
	faults->misdirected +=
		is_misdirected(&run->trial->path->flow_servers, packet.header.flow, server);
	packet.header.server_ns = server_ns;
	packet.header.kind = PACKET_REPLY;
	packet_seal(&packet);
	/* A reply that is refused is a request without an answer, which the client counts. */
	(void)udp_send(socket, &packet, run->trial->payload_bytes, run->trial->is_summed,
		       (const struct sockaddr *)&client, client_bytes);
	count_request(run, server);
	return true;
}

/*
 * After a look that showed nothing: has all been served that will come? The client's number of requests
 * can be read once it has sent the last.
 */
static bool is_over(const struct run *run, uint64_t look_ns, uint64_t *quiet_since_ns)
{
	if (!turn_reached(&run->rendezvous->requests_sent, run->number))
		return false;
	if (run->tally->received >= run->record->sent)
		return true;
	if (*quiet_since_ns == 0)
		*quiet_since_ns = look_ns;
	return look_ns > *quiet_since_ns + run->trial->quiet_ns;
}

/* Serves every server once. False if none had anything. */
static bool serve_each(const struct run *run)
{
	bool is_served = false;

	for (uint32_t server = 0; server < run->trial->path->servers_count; server++)
		if (serve(run, server))
			is_served = true;
	return is_served;
}

static void serve_all(const struct run *run)
{
	const struct path *path = run->trial->path;
	/* Since when, with no more requests to be sent, looks have shown nothing; 0 before. */
	uint64_t quiet_since_ns = 0;

	/* So that blocking servers are not asleep when the client has its last answer. */
	while (run->tally->received < run->trial->packets) {
		/* Before the look: see stream-receive.c. */
		uint64_t look_ns = now_ns();

		if (serve_each(run)) {
			quiet_since_ns = 0;
			continue;
		}
		if (is_over(run, look_ns, &quiet_since_ns))
			return;
		if (run->blocking)
			sleep_until_packet(path->servers, path->servers_count, SLEEP_NS);
	}
}

void pingpong_reply(const struct run *run)
{
	const struct path *path = run->trial->path;
	struct record *record = run->record;
	struct thread_cost start;

	tally_reset(run->tally, run->trial->packets, path->flows_count);
	drain(path->servers, path->servers_count, path->first_trial_id, &record->receiver_faults);
	start = thread_cost_now();
	receiver_is_ready(run);
	serve_all(run);
	record->receiver_cost = thread_cost_since(start);
	record->requests_received = run->tally->received;
	record->requests_duplicated = run->tally->duplicated;
	record_flows(run);
	turn_raise(&run->rendezvous->requests_served, run->number, run->blocking);
}
