// SPDX-License-Identifier: Apache-2.0
/* The sender of a flood: packets as fast as the kernel accepts them. */
#include <sys/socket.h>

#include "clock.h"
#include "packet-batch.h"
#include "stall.h"
#include "trial.h"

static struct packet_batch outbox;

static void send_all(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct record *record = run->record;
	struct stall stall = { 0 };

	while (record->sent < trial->packets) {
		uint32_t left = trial->packets - record->sent;
		uint32_t offered = left < BATCH_PACKETS ? left : BATCH_PACKETS;
		int accepted;

		/* What was not accepted gets its sequence numbers again, in the next batch. */
		for (uint32_t i = 0; i < offered; i++)
			outbox.packets[i]->header.sequence = record->sent + i;
		accepted = sendmmsg(trial->path->client_socket, outbox.messages, offered, 0);
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
