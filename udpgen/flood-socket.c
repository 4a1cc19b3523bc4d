// SPDX-License-Identifier: Apache-2.0
/* A flood by sockets, a datagram for each packet. */
#include <sys/socket.h>

#include "flood.h"

void socket_arrange(const struct run *run)
{
	packet_batch_arrange(&flood_outbox, run->trial->payload_bytes);
	for (int i = 0; i < BATCH_PACKETS; i++)
		packet_prepare(flood_outbox.packets[i], run->trial, PACKET_FLOOD);
}

void socket_send(const struct run *run)
{
	const struct trial *trial = run->trial;
	const uint32_t burst = burst_packets(trial);
	struct record *record = run->record;
	struct stall stall = { 0 };

	while (record->sent < trial->packets) {
		uint32_t offered = next_burst(run, burst);
		uint32_t flow = path_next_flow(trial->path);
		int accepted;

		/* What was not accepted gets its sequence numbers again, on the next flow. */
		for (uint32_t i = 0; i < offered; i++) {
			flood_outbox.packets[i]->header.sequence = record->sent + i;
			flood_outbox.packets[i]->header.flow = (uint16_t)flow;
			packet_seal(flood_outbox.packets[i]);
		}
		accepted = sendmmsg(trial->path->flows[flow], flood_outbox.messages, offered, 0);
		if (!count_accepted(record, &stall, offered, accepted))
			return;
	}
}
