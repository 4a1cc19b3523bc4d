// SPDX-License-Identifier: Apache-2.0
#include "packet-ring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "protocol.h"

#define RING_BYTES  ((size_t)RING_SLOTS * RING_SLOT_BYTES)
#define RING_BLOCKS 64

static bool set_number(int socket, int level, int option, int value)
{
	return setsockopt(socket, level, option, &value, sizeof(value)) == 0;
}

static bool set_up(int socket)
{
	const struct tpacket_req request = {
		.tp_block_size = RING_BYTES / RING_BLOCKS,
		.tp_block_nr = RING_BLOCKS,
		.tp_frame_size = RING_SLOT_BYTES,
		.tp_frame_nr = RING_SLOTS,
	};

	return set_number(socket, SOL_PACKET, PACKET_VERSION, TPACKET_V2) &&
	       /* How much of a frame is copied, see packet_arrange(). Before the ring. */
	       set_number(socket, SOL_PACKET, PACKET_VNET_HDR, 1) &&
	       set_number(socket, SOL_PACKET, PACKET_QDISC_BYPASS, 1) &&
	       set_number(socket, SOL_SOCKET, SO_SNDBUFFORCE, SEND_BUFFER_BYTES) &&
	       setsockopt(socket, SOL_PACKET, PACKET_TX_RING, &request, sizeof(request)) == 0;
}

bool packet_ring_open(struct packet_ring *ring, struct failure *failure)
{
	void *memory = MAP_FAILED;
	int error;

	ring->next = 0;
	/* Of protocol 0: it sees no packets. */
	ring->socket = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (ring->socket >= 0 && set_up(ring->socket))
		memory =
			mmap(NULL, RING_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, ring->socket, 0);
	if (memory != MAP_FAILED) {
		ring->slots = memory;
		return true;
	}
	error = errno;
	if (ring->socket >= 0)
		close(ring->socket);
	ring->socket = -1;
	return fail(failure, "could not open a packet socket with a ring: %s", strerror(error));
}

void packet_ring_close(struct packet_ring *ring)
{
	if (ring->socket < 0)
		return;
	munmap(ring->slots, RING_BYTES);
	close(ring->socket);
	ring->socket = -1;
}
