// SPDX-License-Identifier: Apache-2.0
/* The receiver of the kinds that send one way, floods and paced trials. */
#include <sys/socket.h>

#include "clock.h"
#include "drain.h"
#include "packet-batch.h"
#include "stream-receive.h"
#include "udp-socket.h"

static struct packet_batch inbox;

static void count_arrivals(const struct run *run, uint32_t server, int arrivals,
			   uint64_t delivered_ns)
{
	for (int i = 0; i < arrivals; i++)
		count_arrival(run, server, inbox.packets[i], inbox.messages[i].msg_len,
			      delivered_ns);
}

/* Packets that arrived, whole or not: nothing more of theirs is to be waited for. */
static uint32_t accounted_for(const struct run *run)
{
	return run->tally->received + run->record->receiver_faults.corrupted;
}

/* After a look that showed nothing: is there nothing more to wait for? */
static bool is_over(const struct run *run, uint64_t look_ns)
{
	uint64_t quiet_since_ns;

	if (!is_sender_done(run))
		return false;
	if (accounted_for(run) >= run->record->sent)
		return true;
	quiet_since_ns = run->record->sent_ns;
	if (run->record->end_ns > quiet_since_ns)
		quiet_since_ns = run->record->end_ns;
	return look_ns > quiet_since_ns + run->trial->quiet_ns;
}

/*
 * Takes what waits at the servers, up to a batch of each. Returns when the last of it was taken, or 0
 * if there was nothing.
 */
static uint64_t look_at_servers(const struct run *run)
{
	const struct path *path = run->trial->path;
	uint64_t delivered_ns = 0;

	for (uint32_t server = 0; server < path->servers_count; server++) {
		int arrivals =
			recvmmsg(path->servers[server], inbox.messages, BATCH_PACKETS, 0, NULL);

		if (arrivals <= 0)
			continue;
		delivered_ns = now_ns();
		count_arrivals(run, server, arrivals, delivered_ns);
	}
	return delivered_ns;
}

/* Lets packets gather, while the sender of a flood is at work. */
static void pause_after_look(const struct run *run, uint64_t look_ns)
{
	if (run->trial->kind != TRIAL_FLOOD || run->blocking)
		return;
	while (!is_sender_done(run) && now_ns() - look_ns < FLOOD_PAUSE_NS)
		relax_cpu();
}

/* As look_at_servers(), at what was taken before their stacks. */
static uint64_t look_at_sinks(const struct run *run)
{
	struct path *path = run->trial->path;
	uint64_t delivered_ns = 0;

	for (uint32_t server = 0; server < path->servers_count; server++) {
		const union packet *packet;
		size_t bytes;

		for (int i = 0; i < BATCH_PACKETS; i++) {
			packet = sink_next(&path->sinks[server], &bytes);
			if (!packet)
				break;
			if (i == 0)
				delivered_ns = now_ns();
			count_arrival(run, server, packet, bytes, delivered_ns);
		}
	}
	return delivered_ns;
}

/* Sleeps until there is something to look at. */
static void await_packet(const struct run *run)
{
	const struct path *path = run->trial->path;
	int queues[SERVERS_MAX];

	for (uint32_t i = 0; i < path->servers_count; i++)
		queues[i] = run->trial->is_sunk ? path->sinks[i].queue : path->servers[i];
	sleep_until_packet(queues, path->servers_count, run->trial->quiet_ns);
}

static void take_by_sinks(struct path *path, bool takes, bool wakes)
{
	for (uint32_t i = 0; i < path->servers_count; i++)
		sink_take(&path->sinks[i], takes, wakes);
}

static bool comes_merged(const struct trial *trial)
{
	return trial->kind == TRIAL_FLOOD && trial->engine == ENGINE_GSO;
}

static void receive_all(const struct run *run)
{
	uint64_t (*const look)(const struct run *run) = run->trial->is_sunk ? look_at_sinks
							: comes_merged(run->trial)
								? look_at_merged
								: look_at_servers;
	/*
	 * Read before each look, not after: a thread that was off its CPU between two looks must
	 * not take what arrived meanwhile for lost.
	 */
	uint64_t look_ns = now_ns();

	while (run->tally->received < run->trial->packets) {
		uint64_t delivered_ns = look(run);

		if (delivered_ns > 0) {
			look_ns = delivered_ns;
			pause_after_look(run, look_ns);
			continue;
		}
		if (is_over(run, look_ns))
			break;
		if (run->blocking)
			await_packet(run);
		look_ns = now_ns();
	}
}

void stream_receive(const struct run *run)
{
	struct path *path = run->trial->path;
	struct thread_cost start;

	packet_batch_arrange(&inbox, run->trial->payload_bytes);
	tally_reset(run->tally, run->trial->packets, path->flows_count);
	drain(path->servers, path->servers_count, path->first_trial_id,
	      &run->record->receiver_faults);
	drain_sinks(path, &run->record->receiver_faults);
	if (comes_merged(run->trial))
		merge_arrivals(path, true);
	take_by_sinks(path, run->trial->is_sunk, run->blocking);
	start = thread_cost_now();
	receiver_is_ready(run);
	receive_all(run);
	run->record->receiver_cost = thread_cost_since(start);
	if (comes_merged(run->trial))
		merge_arrivals(path, false);
	take_by_sinks(path, false, false);
	record_flows(run);
	run->record->received = run->tally->received;
	run->record->reordered = run->tally->reordered;
	run->record->duplicated = run->tally->duplicated;
}
