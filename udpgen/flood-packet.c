// SPDX-License-Identifier: Apache-2.0
/* A flood of whole frames, from a ring that is shared with the kernel to the device's own transmit call. */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <sched.h>
#include <sys/socket.h>

#include "flood.h"
#include "payload-pattern.h"

static struct flow_frame frames[FLOWS_MAX];

/*
 * Fills all slots with what is the same for every frame. The kernel is to copy a frame whole (hdr_len, see
 * packet_alloc_skb() in net/packet/af_packet.c): else packets would share the slot's memory, and a slot is given back
 * where the packet leaves its sender's account (skb_orphan()), long before its payload is read.
 */
static void fill_slots(const struct packet_ring *ring, uint32_t head_bytes, uint32_t payload_bytes)
{
	const struct virtio_net_hdr said = { .hdr_len = (uint16_t)(head_bytes + payload_bytes) };

	for (uint32_t i = 0; i < RING_SLOTS; i++) {
		unsigned char *slot = ring_slot(ring, i);

		memcpy(slot + RING_SAID_OFFSET, &said, sizeof(said));
		memcpy(slot + RING_FRAME_OFFSET + head_bytes + sizeof(struct packet_header),
		       payload_pattern, payload_bytes - sizeof(struct packet_header));
	}
}

void packet_arrange(const struct run *run)
{
	const struct trial *trial = run->trial;
	const struct path_frames *path = &trial->path->frames;

	run->record->send_error = frames_of_trial(trial, frames);
	if (!run->record->send_error)
		fill_slots(&path->ring, path->head_bytes, trial->payload_bytes);
}

/* Puts the flow's next frames into slots that are free, as many as there are. */
static uint32_t offer_frames(const struct run *run, uint32_t flow, uint32_t wanted)
{
	const struct trial *trial = run->trial;
	const struct path_frames *path = &trial->path->frames;
	struct packet_header header = {
		.trial_id = trial->id,
		.kind = PACKET_FLOOD,
		.flow = (uint16_t)flow,
	};
	uint32_t offered;

	for (offered = 0; offered < wanted; offered++) {
		unsigned char *slot = ring_slot(&path->ring, path->ring.next + offered);
		unsigned char *frame = slot + RING_FRAME_OFFSET;
		uint16_t checksum;

		if (ring_status(slot) != TP_STATUS_AVAILABLE)
			break;
		header.sequence = run->record->sent + offered;
		checksum = finish_frame(&frames[flow], &header);
		memcpy(frame, frames[flow].head, path->head_bytes - UDP_CHECKSUM_BYTES);
		memcpy(frame + path->head_bytes - UDP_CHECKSUM_BYTES, &checksum, sizeof(checksum));
		memcpy(frame + path->head_bytes, &header, sizeof(header));
		ring_offer(slot, path->head_bytes + trial->payload_bytes);
	}
	return offered;
}

/* Counts the frames that the kernel took, and takes the others back: what comes next begins at a slot of their own. */
static uint32_t count_taken(struct packet_ring *ring, uint32_t offered)
{
	uint32_t taken = 0;

	while (taken < offered && !(ring_status(ring_slot(ring, ring->next + taken)) &
				    (TP_STATUS_SEND_REQUEST | TP_STATUS_WRONG_FORMAT)))
		taken++;
	for (uint32_t i = taken; i < offered; i++)
		ring_withdraw(ring_slot(ring, ring->next + i));
	ring->next += taken;
	return taken;
}

void packet_send(const struct run *run)
{
	const struct trial *trial = run->trial;
	struct path_frames *path = &trial->path->frames;
	const uint32_t burst = burst_packets(trial);
	struct stall stall = { 0 };

	while (run->record->sent < trial->packets) {
		uint32_t flow = path_next_flow(trial->path);
		uint32_t offered = offer_frames(run, flow, next_burst(run, burst));
		const struct sockaddr_ll device = {
			.sll_family = AF_PACKET,
			.sll_protocol = htons(path->head_bytes == FRAME_HEAD_BYTES_IPV6 ? ETH_P_IPV6
											: ETH_P_IP),
			.sll_ifindex = (int)frames[flow].ifindex,
			.sll_halen = ETH_ALEN,
		};

		/* Those that hold the slots may wait for this CPU. */
		if (offered == 0)
			sched_yield();
		errno = EAGAIN;
		sendto(path->ring.socket, NULL, 0, MSG_DONTWAIT, (const struct sockaddr *)&device,
		       sizeof(device));
		if (!count_accepted(run->record, &stall, offered,
				    (int)count_taken(&path->ring, offered)))
			return;
	}
}
