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
 * The CPU time of what is timed, where an engine times less than its call. It cannot be more than the time that passed; what
 * the kernel does before and after mostly sleeps.
 */
static uint64_t timed_cpu_ns(const struct record *record)
{
	const uint64_t timed_ns = record->sent_ns - record->start_ns;

	return record->sender_cost.cpu_ns < timed_ns ? record->sender_cost.cpu_ns : timed_ns;
}

void flood_send(const struct run *run)
{
	enum engine engine = run->trial->engine;
	struct record *record = run->record;
	struct thread_cost start;
	bool is_all_timed;

	engines[engine].arrange(run);
	await_receiver_ready(run);
	start = thread_cost_now();
	record->start_ns = now_ns();
	record->sent_ns = 0;
	if (!record->send_error)
		engines[engine].send(run);
	is_all_timed = record->sent_ns == 0;
	if (is_all_timed)
		record->sent_ns = now_ns();
	record->sender_cost = thread_cost_since(start);
	if (!is_all_timed)
		record->sender_cost.cpu_ns = timed_cpu_ns(record);
	sender_is_done(run);
}
