// SPDX-License-Identifier: Apache-2.0
/* The sender of a flood: packets as fast as the kernel accepts them. */
#include <sys/socket.h>

#include "clock.h"
#include "packet-batch.h"
#include "stall.h"
#include "trial.h"

static struct packet_batch outbox;

/* So small that the packets go round all flows, where there are enough of them. */
static uint32_t burst_packets(const struct trial *trial)
{
	uint32_t share = trial->packets / trial->path->flows_count;

	if (share < 1)
		return 1;
	return share < BATCH_PACKETS ? share : BATCH_PACKETS;
}

static void send_all(const struct run *run)
{
	const struct trial *trial = run->trial;
	const uint32_t burst = burst_packets(trial);
	struct record *record = run->record;
	struct stall stall = { 0 };

	while (record->sent < trial->packets) {
		uint32_t left = trial->packets - record->sent;
		uint32_t offered = left < burst ? left : burst;
		uint32_t flow = path_next_flow(trial->path);
		int accepted;

		/* What was not accepted gets its sequence numbers again, on the next flow. */
		for (uint32_t i = 0; i < offered; i++) {
			outbox.packets[i]->header.sequence = record->sent + i;
			outbox.packets[i]->header.flow = (uint16_t)flow;
			packet_seal(outbox.packets[i]);
		}
		accepted = sendmmsg(trial->path->flows[flow], outbox.messages, offered, 0);
		if (accepted < (int)offered)
			record->short_sends++;
		if (accepted > 0) {
			record->sent += (uint32_t)accepted;
			stall_ends(&stall);
		} else if (stall_is_final(&stall)) {
			record->send_error = errno;
			return;
		}
	}
}

void flood_send(const struct run *run)
{
	struct thread_cost start;

	packet_batch_arrange(&outbox, run->trial->payload_bytes);
	for (int i = 0; i < BATCH_PACKETS; i++)
		packet_prepare(outbox.packets[i], run->trial, PACKET_FLOOD);
	await_receiver_ready(run);
	start = thread_cost_now();
	run->record->start_ns = now_ns();
	send_all(run);
	run->record->sent_ns = now_ns();
	run->record->sender_cost = thread_cost_since(start);
	sender_is_done(run);
}
