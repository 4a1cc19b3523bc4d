/* SPDX-License-Identifier: Apache-2.0 */
/* Frames that wait to be sent, in memory that is shared with the kernel (PACKET_TX_RING of packet(7)). */
#ifndef UDPGEN_PACKET_RING_H
#define UDPGEN_PACKET_RING_H

#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"

/* As many as a trial most often has: where softirqs are late (ksoftirqd), its sender waits for none of them. */
#define RING_SLOTS	1024
#define RING_SLOT_BYTES 2048
/* Where a slot's frame begins: behind the kernel's header, and what is said of the frame (tpacket_parse_header()). */
#define RING_FRAME_OFFSET (RING_SAID_OFFSET + sizeof(struct virtio_net_hdr))
#define RING_SAID_OFFSET  (TPACKET2_HDRLEN - sizeof(struct sockaddr_ll))

struct packet_ring {
	/* −1 where it is not open. */
	int socket;
	unsigned char *slots;
	/* The slot that the next frame goes into. */
	uint32_t next;
};

/* Opens one in the network namespace of the calling thread. It sends past the queueing discipline, and receives nothing. */
bool packet_ring_open(struct packet_ring *ring, struct failure *failure);

void packet_ring_close(struct packet_ring *ring);

static inline unsigned char *ring_slot(const struct packet_ring *ring, uint32_t number)
{
	return ring->slots + (size_t)(number % RING_SLOTS) * RING_SLOT_BYTES;
}

static inline uint32_t ring_status(const unsigned char *slot)
{
	return __atomic_load_n(&((const struct tpacket2_hdr *)slot)->tp_status, __ATOMIC_ACQUIRE);
}

/* Hands a slot to the kernel. */
static inline void ring_offer(unsigned char *slot, uint32_t frame_bytes)
{
	struct tpacket2_hdr *header = (struct tpacket2_hdr *)slot;

	header->tp_len = sizeof(struct virtio_net_hdr) + frame_bytes;
	__atomic_store_n(&header->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
}

/* Takes it back. */
static inline void ring_withdraw(unsigned char *slot)
{
	__atomic_store_n(&((struct tpacket2_hdr *)slot)->tp_status, TP_STATUS_AVAILABLE,
			 __ATOMIC_RELEASE);
}

#endif
