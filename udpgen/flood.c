// SPDX-License-Identifier: Apache-2.0
/* The sender of a flood: packets as fast as the kernel accepts them. */
#include "flood.h"

#include "clock.h"

static const struct {
	void (*arrange)(const struct run *run);
	void (*send)(const struct run *run);
} engines[ENGINES] = {
	[ENGINE_SOCKET] = { socket_arrange, socket_send },
	[ENGINE_GSO] = { gso_arrange, gso_send },
	[ENGINE_PACKET] = { packet_arrange, packet_send },
	[ENGINE_XDP] = { xdp_arrange, xdp_send },
};

struct packet_batch flood_outbox;

/*
 * The CPU time of what is timed, where the kernel took its time to begin. A thread that lost its CPU did so sooner or
 * later: each part has its share of what it had.
 */
static void leave_out_setup(struct record *record)
{
	const double sending_ns = (double)(record->sent_ns - record->start_ns);

	if (record->setup_ns)
		record->sender_cost.cpu_ns =
			(uint64_t)((double)record->sender_cost.cpu_ns * sending_ns /
				   (sending_ns + (double)record->setup_ns));
}

void flood_send(const struct run *run)
{
	enum engine engine = run->trial->engine;
	struct record *record = run->record;
	struct thread_cost start;

	engines[engine].arrange(run);
	await_receiver_ready(run);
	start = thread_cost_now();
	record->start_ns = now_ns();
	if (!record->send_error)
		engines[engine].send(run);
	record->sent_ns = now_ns();
	record->sender_cost = thread_cost_since(start);
	leave_out_setup(record);
	sender_is_done(run);
}
