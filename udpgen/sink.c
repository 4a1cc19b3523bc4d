// SPDX-License-Identifier: Apache-2.0
#include "sink.h"

#include <errno.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf-program.h"
#include "packet.h"
#include "sink-frame.h"

static void *share(int map, size_t bytes, int protection, size_t offset)
{
	void *memory = mmap(NULL, bytes, protection, MAP_SHARED, map, (off_t)offset);

	return memory == MAP_FAILED ? NULL : memory;
}

static size_t page_bytes(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static bool share_order(struct sink *sink, const char *pin, struct failure *failure)
{
	int map = bpf_pin_open("map", pin, failure);

	if (map < 0)
		return false;
	sink->order = share(map, page_bytes(), PROT_READ | PROT_WRITE, 0);
	close(map);
	return sink->order || fail(failure, "could not share map %s: %s", pin, strerror(errno));
}

/* Its pages are as Documentation/bpf/ringbuf.rst of the kernel says. */
static bool share_queue(struct sink *sink, const char *pin, struct failure *failure)
{
	unsigned char *pages;

	sink->queue = bpf_pin_open("map", pin, failure);
	if (sink->queue < 0)
		return false;
	sink->consumed = share(sink->queue, page_bytes(), PROT_READ | PROT_WRITE, 0);
	pages = share(sink->queue, page_bytes() + 2 * SINK_QUEUE_BYTES, PROT_READ, page_bytes());
	if (pages) {
		sink->produced = (const uint64_t *)pages;
		sink->bytes = pages + page_bytes();
	}
	return (pages && sink->consumed) ||
	       fail(failure, "could not share map %s: %s", pin, strerror(errno));
}

/* Whether frames of Ethernet come by it, and to which address. */
static bool read_device(int socket, const char *name, struct sink_device *device)
{
	struct ifreq request = { 0 };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(socket, SIOCGIFFLAGS, &request) != 0 || !(request.ifr_flags & IFF_UP) ||
	    ioctl(socket, SIOCGIFHWADDR, &request) != 0 ||
	    request.ifr_hwaddr.sa_family != ARPHRD_ETHER)
		return false;
	memcpy(device->mac, request.ifr_hwaddr.sa_data, sizeof(device->mac));
	return true;
}

/*
 * In the driver where it has a hook. At the generic one the kernel leaves out what a program has redirected to the device
 * (skb_is_redirected() in netif_receive_generic_xdp()).
 */
static int attach(int program, uint32_t ifindex)
{
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof(attributes));
	attributes.link_create.prog_fd = (uint32_t)program;
	attributes.link_create.target_ifindex = ifindex;
	attributes.link_create.attach_type = BPF_XDP;
	return (int)syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof(attributes));
}

static bool attach_to_devices(struct sink *sink, int program, int socket, struct failure *failure)
{
	struct if_nameindex *names = if_nameindex();
	bool is_attached = names || fail(failure, "could not list devices: %s", strerror(errno));

	for (struct if_nameindex *name = names;
	     is_attached && name->if_index != 0 && sink->devices_count < SINK_DEVICES_MAX; name++) {
		struct sink_device *device = &sink->devices[sink->devices_count];

		if (!read_device(socket, name->if_name, device))
			continue;
		device->ifindex = name->if_index;
		device->link = attach(program, device->ifindex);
		if (device->link < 0)
			is_attached = fail(failure, "could not attach sink xdp to %s: %s%s",
					   name->if_name, strerror(errno),
					   errno == EBUSY || errno == EEXIST
						   ? "; it has an XDP program of its own"
						   : "");
		else
			sink->devices_count++;
	}
	if (names)
		if_freenameindex(names);
	return is_attached;
}

static void say_whose(struct sink_order *order, const struct address *address)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address->storage;

	memset(order, 0, sizeof(*order));
	if (address->storage.ss_family == AF_INET) {
		order->version = 4;
		order->port = v4->sin_port;
		memcpy(order->address, &v4->sin_addr, sizeof(v4->sin_addr));
	} else {
		order->version = 6;
		order->port = v6->sin6_port;
		memcpy(order->address, &v6->sin6_addr, sizeof(v6->sin6_addr));
	}
}

bool sink_open(struct sink *sink, const struct sink_plan *plan, const struct address *address,
	       struct failure *failure)
{
	int program, devices;
	bool is_open;

	memset(sink, 0, sizeof(*sink));
	sink->queue = -1;
	if (!plan->program)
		return true;
	program = bpf_program_open(plan->program, BPF_PROG_TYPE_XDP, failure);
	devices = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	is_open = program >= 0 && share_order(sink, plan->orders, failure) &&
		  share_queue(sink, plan->queue, failure);
	if (is_open)
		say_whose(sink->order, address);
	is_open = is_open && attach_to_devices(sink, program, devices, failure);
	if (program >= 0)
		close(program);
	if (devices >= 0)
		close(devices);
	if (!is_open)
		sink_close(sink);
	return is_open;
}

void sink_close(struct sink *sink)
{
	while (sink->devices_count > 0)
		close(sink->devices[--sink->devices_count].link);
	if (sink->consumed)
		munmap(sink->consumed, page_bytes());
	if (sink->produced)
		munmap((void *)sink->produced, page_bytes() + 2 * SINK_QUEUE_BYTES);
	if (sink->order)
		munmap(sink->order, page_bytes());
	if (sink->queue >= 0)
		close(sink->queue);
	memset(sink, 0, sizeof(*sink));
	sink->queue = -1;
}

void sink_take(struct sink *sink, bool takes, bool wakes)
{
	if (!sink->order)
		return;
	sink->order->wakes = wakes;
	__atomic_store_n(&sink->order->is_active, takes, __ATOMIC_RELEASE);
}

static const unsigned char *mac_of(const struct sink *sink, uint32_t ifindex)
{
	for (uint32_t i = 0; i < sink->devices_count; i++)
		if (sink->devices[i].ifindex == ifindex)
			return sink->devices[i].mac;
	return NULL;
}

/* The datagram of a place in the queue, copied to where it is aligned; 0 where it is none. */
static size_t read_frame(const struct sink *sink, const struct sink_frame *place,
			 union packet *packet)
{
	const unsigned char *frame = (const unsigned char *)(place + 1), *payload;
	const unsigned char *mac = mac_of(sink, place->ifindex);
	size_t bytes = 0;

	payload = mac ? frame_payload(frame, place->bytes, mac, &bytes) : NULL;
	if (!payload)
		return 0;
	memcpy(packet, payload, bytes);
	return bytes;
}

const union packet *sink_next(struct sink *sink, size_t *bytes)
{
	static union packet packet;

	if (!sink->order)
		return NULL;
	while (*sink->consumed < __atomic_load_n(sink->produced, __ATOMIC_ACQUIRE)) {
		const unsigned char *place =
			sink->bytes + (*sink->consumed & (SINK_QUEUE_BYTES - 1));
		uint32_t length = __atomic_load_n((const uint32_t *)place, __ATOMIC_ACQUIRE);
		bool is_whole = !(length & BPF_RINGBUF_DISCARD_BIT);
		uint64_t taken;

		if (length & BPF_RINGBUF_BUSY_BIT)
			return NULL;
		length &= ~BPF_RINGBUF_DISCARD_BIT;
		*bytes = is_whole ? read_frame(sink, (const void *)(place + BPF_RINGBUF_HDR_SZ),
					       &packet)
				  : 0;
		taken = (length + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
		__atomic_store_n(sink->consumed, *sink->consumed + taken, __ATOMIC_RELEASE);
		if (*bytes > 0)
			return &packet;
	}
	return NULL;
}
