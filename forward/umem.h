/* SPDX-License-Identifier: Apache-2.0 */
/* AF_XDP sockets that share a memory of frames (Documentation/networking/af_xdp.rst). */
#ifndef FORWARD_UMEM_H
#define FORWARD_UMEM_H

#include <linux/if_xdp.h>
#include <stdint.h>

#define FRAME_BYTES 4096
/* As many as may be on their way at once: more than a flood's packets. */
#define FRAMES 4096

/* A ring that this process writes, or one that it reads; the kernel has the other end. */
struct ring {
	uint32_t *producer;
	uint32_t *consumer;
	/* Of struct xdp_desc, or addresses as uint64_t. */
	void *entries;
};

struct frame_socket {
	int descriptor;
	/* The kernel takes frames from here to receive into, and gives those back that it has sent. */
	struct ring fill, completion;
	struct ring receive, transmit;
};

/* Each ends the process where it fails. */
void *make_frames(void);

/* The socket that receives from queue 0 of a device, into frames of its own. */
struct frame_socket open_receiver(unsigned int device, void *frames);

/* One that sends by another device, out of the receiver's frames. */
struct frame_socket open_sender(unsigned int device, const struct frame_socket *receiver);

static inline uint32_t ring_filled(const struct ring *ring)
{
	return __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE) -
	       __atomic_load_n(ring->consumer, __ATOMIC_ACQUIRE);
}

/* Each ring has room for all frames: none is ever full. */
static inline struct xdp_desc *descriptor_at(const struct ring *ring, uint32_t place)
{
	return &((struct xdp_desc *)ring->entries)[place % FRAMES];
}

static inline uint64_t *address_at(const struct ring *ring, uint32_t place)
{
	return &((uint64_t *)ring->entries)[place % FRAMES];
}

/* What was written to the next `count` places is the kernel's. */
static inline void ring_give(const struct ring *ring, uint32_t count)
{
	__atomic_store_n(ring->producer, *ring->producer + count, __ATOMIC_RELEASE);
}

/* And what was read of them is done with. */
static inline void ring_free(const struct ring *ring, uint32_t count)
{
	__atomic_store_n(ring->consumer, *ring->consumer + count, __ATOMIC_RELEASE);
}

#endif
