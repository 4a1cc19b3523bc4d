// SPDX-License-Identifier: Apache-2.0
/*
 * A router in user space over AF_XDP: packets of UDP and TCP to one address and port come in by one device, get the MAC
 * addresses of the next hop, lose one of their TTL or hop limit, and leave by another device. All other frames are the
 * stack's.
 *
 *   forward-afxdp IN OUT ADDRESS PORT MAC     MAC is the next hop's; it writes "forwarding" once it does
 *   forward-afxdp try                         whether the kernel has such sockets
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "divert.h"
#include "first-in-turn.h"
#include "umem.h"

struct way {
	unsigned int in, out;
	struct diverted diverted;
	/* What frames leave with, from its first byte on. */
	struct {
		uint8_t destination[ETH_ALEN], source[ETH_ALEN];
	} macs;
};

static unsigned int number_of(const char *device)
{
	unsigned int number = if_nametoindex(device);

	if (!number)
		die(device);
	return number;
}

static void read_own_mac(const char *device, uint8_t *mac)
{
	struct ifreq request = { 0 };
	int any = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", device);
	if (any < 0 || ioctl(any, SIOCGIFHWADDR, &request) != 0)
		die(device);
	memcpy(mac, request.ifr_hwaddr.sa_data, ETH_ALEN);
	close(any);
}

static void require_word(int is_read, const char *word)
{
	errno = EINVAL;
	if (!is_read)
		die(word);
}

static struct way read_way(char **words)
{
	struct way way = { .in = number_of(words[0]), .out = number_of(words[1]) };
	struct diverted *diverted = &way.diverted;
	uint8_t *mac = way.macs.destination;
	char more;

	diverted->family = strchr(words[2], ':') ? AF_INET6 : AF_INET;
	require_word(inet_pton(diverted->family, words[2], diverted->address), words[2]);
	require_word(sscanf(words[3], "%hu%c", &diverted->port, &more) == 1, words[3]);
	require_word(sscanf(words[4], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx%c", &mac[0], &mac[1], &mac[2],
			    &mac[3], &mac[4], &mac[5], &more) == ETH_ALEN,
		     words[4]);
	read_own_mac(words[1], way.macs.source);
	return way;
}

/* As a router does it. False where the packet ends its life here, of which its sender is not told. */
static int decrease_ttl(const struct way *way, char *packet)
{
	struct iphdr *ip = (struct iphdr *)packet;
	struct ipv6hdr *ip6 = (struct ipv6hdr *)packet;
	uint32_t check;

	if (way->diverted.family == AF_INET6)
		return ip6->hop_limit > 1 && --ip6->hop_limit;
	if (ip->ttl <= 1)
		return 0;
	/* RFC 1141: the TTL is the upper byte of its word. */
	check = ip->check + (uint32_t)htons(0x0100);
	ip->check = (uint16_t)(check + (check >= 0xffff));
	return --ip->ttl;
}

/* Hands frames that have come in to the sender's ring, and those that go nowhere back. @return how many are to be sent */
static uint32_t pass_on(const struct way *way, const struct frame_socket *in,
			const struct frame_socket *out, char *frames)
{
	const uint32_t count = ring_filled(&in->receive);
	uint32_t sent = 0, dropped = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct xdp_desc *frame =
			descriptor_at(&in->receive, *in->receive.consumer + i);
		char *data = frames + frame->addr;

		if (decrease_ttl(way, data + ETH_HLEN)) {
			memcpy(data, &way->macs, sizeof(way->macs));
			*descriptor_at(&out->transmit, *out->transmit.producer + sent++) = *frame;
		} else {
			*address_at(&in->fill, *in->fill.producer + dropped++) = frame->addr;
		}
	}
	ring_free(&in->receive, count);
	ring_give(&in->fill, dropped);
	ring_give(&out->transmit, sent);
	return sent;
}

/* The kernel sends some of them a call. What it cannot take at the moment it is asked to again. */
static void send_all(const struct frame_socket *out)
{
	while (ring_filled(&out->transmit) > 0)
		if (sendto(out->descriptor, NULL, 0, MSG_DONTWAIT, NULL, 0) < 0 &&
		    errno != EAGAIN && errno != EBUSY && errno != ENOBUFS && errno != EINTR)
			die("could not send");
}

/* Frames that are sent can be received into. */
static void take_back(const struct frame_socket *in, const struct frame_socket *out)
{
	const uint32_t count = ring_filled(&out->completion);

	for (uint32_t i = 0; i < count; i++)
		*address_at(&in->fill, *in->fill.producer + i) =
			*address_at(&out->completion, *out->completion.consumer + i);
	ring_free(&out->completion, count);
	ring_give(&in->fill, count);
}

static _Noreturn void forward(const struct way *way)
{
	char *frames = make_frames();
	const struct frame_socket in = open_receiver(way->in, frames);
	const struct frame_socket out = open_sender(way->out, &in);
	struct pollfd wanted = { .fd = in.descriptor, .events = POLLIN };

	divert(way->in, &way->diverted, in.descriptor);
	be_first_in_turn();
	puts("forwarding");
	fflush(stdout);
	for (;;) {
		if (poll(&wanted, 1, -1) < 0 && errno != EINTR)
			die("could not wait for frames");
		if (pass_on(way, &in, &out, frames) > 0)
			send_all(&out);
		take_back(&in, &out);
	}
}

int main(int count, char **words)
{
	if (count == 2 && strcmp(words[1], "try") == 0) {
		open_receiver(0, make_frames());
		return EXIT_SUCCESS;
	}
	if (count != 6) {
		fprintf(stderr, "usage: forward-afxdp IN OUT ADDRESS PORT MAC\n");
		return EXIT_FAILURE;
	}
	const struct way way = read_way(words + 1);

	forward(&way);
}
