// SPDX-License-Identifier: Apache-2.0
#include "umem.h"

#include <stddef.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "first-in-turn.h"

static void set_size(int socket, int ring)
{
	const uint32_t entries = FRAMES;

	if (setsockopt(socket, SOL_XDP, ring, &entries, sizeof(entries)) != 0)
		die("could not make a ring of an AF_XDP socket");
}

static struct ring map_ring(int socket, const struct xdp_ring_offset *offset, size_t entry_bytes,
			    uint64_t page)
{
	char *start = mmap(NULL, offset->desc + FRAMES * entry_bytes, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_POPULATE, socket, (off_t)page);

	if (start == MAP_FAILED)
		die("could not map a ring of an AF_XDP socket");
	return (struct ring){ .producer = (uint32_t *)(start + offset->producer),
			      .consumer = (uint32_t *)(start + offset->consumer),
			      .entries = start + offset->desc };
}

static struct xdp_mmap_offsets offsets_of(int socket)
{
	struct xdp_mmap_offsets offsets;
	socklen_t bytes = sizeof(offsets);

	if (getsockopt(socket, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &bytes) != 0)
		die("could not look at an AF_XDP socket");
	return offsets;
}

static int make_socket(void)
{
	int descriptor = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (descriptor < 0)
		die("could not open an AF_XDP socket");
	return descriptor;
}

/* Every socket on a device of its own has these two, whoever's frames it uses. */
static void add_frame_rings(struct frame_socket *socket)
{
	struct xdp_mmap_offsets offsets;

	set_size(socket->descriptor, XDP_UMEM_FILL_RING);
	set_size(socket->descriptor, XDP_UMEM_COMPLETION_RING);
	offsets = offsets_of(socket->descriptor);
	socket->fill = map_ring(socket->descriptor, &offsets.fr, sizeof(uint64_t),
				XDP_UMEM_PGOFF_FILL_RING);
	socket->completion = map_ring(socket->descriptor, &offsets.cr, sizeof(uint64_t),
				      XDP_UMEM_PGOFF_COMPLETION_RING);
}

static void bind_to(int socket, const struct sockaddr_xdp *address)
{
	if (bind(socket, (const struct sockaddr *)address, sizeof(*address)) != 0)
		die("could not bind an AF_XDP socket");
}

void *make_frames(void)
{
	void *frames = mmap(NULL, (size_t)FRAMES * FRAME_BYTES, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (frames == MAP_FAILED)
		die("no memory for frames");
	return frames;
}

struct frame_socket open_receiver(unsigned int device, void *frames)
{
	struct frame_socket opened = { .descriptor = make_socket() };
	const struct xdp_umem_reg memory = { .addr = (uint64_t)(uintptr_t)frames,
					     .len = (uint64_t)FRAMES * FRAME_BYTES,
					     .chunk_size = FRAME_BYTES };
	struct xdp_mmap_offsets offsets;

	if (setsockopt(opened.descriptor, SOL_XDP, XDP_UMEM_REG, &memory, sizeof(memory)) != 0)
		die("could not give frames to an AF_XDP socket");
	add_frame_rings(&opened);
	set_size(opened.descriptor, XDP_RX_RING);
	offsets = offsets_of(opened.descriptor);
	opened.receive = map_ring(opened.descriptor, &offsets.rx, sizeof(struct xdp_desc),
				  XDP_PGOFF_RX_RING);
	for (uint32_t i = 0; i < FRAMES; i++)
		*address_at(&opened.fill, i) = (uint64_t)i * FRAME_BYTES;
	ring_give(&opened.fill, FRAMES);
	if (device)
		bind_to(opened.descriptor, &(struct sockaddr_xdp){ .sxdp_family = AF_XDP,
								   .sxdp_ifindex = device,
								   .sxdp_flags = XDP_COPY });
	return opened;
}

struct frame_socket open_sender(unsigned int device, const struct frame_socket *receiver)
{
	struct frame_socket opened = { .descriptor = make_socket() };
	struct xdp_mmap_offsets offsets;

	add_frame_rings(&opened);
	set_size(opened.descriptor, XDP_TX_RING);
	offsets = offsets_of(opened.descriptor);
	opened.transmit = map_ring(opened.descriptor, &offsets.tx, sizeof(struct xdp_desc),
				   XDP_PGOFF_TX_RING);
	bind_to(opened.descriptor,
		&(struct sockaddr_xdp){ .sxdp_family = AF_XDP,
					.sxdp_ifindex = device,
					.sxdp_flags = XDP_SHARED_UMEM,
					.sxdp_shared_umem_fd = (uint32_t)receiver->descriptor });
	return opened;
}
