// SPDX-License-Identifier: Apache-2.0
/*
 * The sender of a paced trial: an open loop. Packet i is due at start + i / rate, whatever
 * happened to those before; one that is behind leaves at once, and none is left out. So a stall
 * delays every packet that was due in it, and shows in their latency as counted from the schedule:
 * no coordinated omission (G. Tene, "How NOT to Measure Latency"). A trial that asks how much can be
 * offered in a time ends with that time: what has not left by then counts as not sent.
 */
#include <sys/socket.h>

#include "clock.h"
#include "packet.h"
#include "stall.h"
#include "trial.h"

static union packet packet;

/* Sends the packet, however often it takes. False if it was refused for too long. */
static bool send_stamped(const struct run *run)
{
	const int socket = run->trial->path->flows[packet.header.flow];
	struct stall stall = { 0 };

	for (;;) {
		packet.header.send_ns = now_ns();
		packet_seal(&packet);
		if (send(socket, &packet, run->trial->payload_bytes, 0) >= 0)
			return true;
		if (stall_is_final(&stall)) {
			run->record->send_error = errno;
			return false;
		}
	}
}

/* When the last packet may leave. */
static uint64_t deadline_ns(const struct trial *trial, uint64_t first_ns)
{
	if (trial->grace_ns == 0)
		return UINT64_MAX;
	return first_ns + (uint64_t)(trial->packets * (double)NS_PER_S / trial->rate_pps) +
	       trial->grace_ns;
}

static void send_on_schedule(const struct run *run, uint64_t first_ns)
{
	struct histogram *schedule_error = run->record->histograms[PACED_SCHEDULE_ERROR];
	double interval_ns = (double)NS_PER_S / run->trial->rate_pps;
	uint64_t last_ns = deadline_ns(run->trial, first_ns);

	for (uint32_t i = 0; i < run->trial->packets; i++) {
		uint64_t scheduled_ns = first_ns + (uint64_t)(i * interval_ns);
		uint64_t now = now_ns();

		for (; now < scheduled_ns; now = now_ns())
			relax_cpu();
		if (now > last_ns)
			return;
		packet.header.sequence = i;
		packet.header.flow = (uint16_t)path_next_flow(run->trial->path);
		packet.header.scheduled_ns = scheduled_ns;
		if (!send_stamped(run))
			return;
		if (is_timed(run, i))
			histogram_record(schedule_error, packet.header.send_ns - scheduled_ns);
		if (i == 0)
			run->record->start_ns = packet.header.send_ns;
		run->record->sent++;
	}
}

void paced_send(const struct run *run)
{
	struct thread_cost start;

	packet_prepare(&packet, run->trial, PACKET_PACED);
	await_receiver_ready(run);
	start = thread_cost_now();
	run->record->start_ns = now_ns();
	send_on_schedule(run, run->record->start_ns + SCHEDULE_LEAD_NS);
	run->record->sent_ns = now_ns();
	run->record->sender_cost = thread_cost_since(start);
	sender_is_done(run);
}
