// SPDX-License-Identifier: Apache-2.0
/*
 * Sends an Ethernet frame again and again: `send-paged DEVICE FRAME`, the frame in hex, until its standard
 * input ends. Only the frame's Ethernet header is in the packet's linear part, as with drivers that
 * leave all else in pages: so the kernel builds packets of more than a page, by the header length of
 * a virtio_net_hdr (net/packet/af_packet.c, packet_alloc_skb()).
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define FRAME_BYTES_MAX	 9014
#define MILLISECONDS_GAP 20

static int give_up(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	static unsigned char frame[FRAME_BYTES_MAX];
	struct virtio_net_hdr header = { .hdr_len = ETH_HLEN };
	struct sockaddr_ll device = { .sll_family = AF_PACKET };
	struct pollfd input = { .fd = 0, .events = POLLIN };
	struct iovec parts[2] = { { &header, sizeof(header) }, { frame, 0 } };
	int packet_socket, on = 1;

	if (argc != 3) {
		fprintf(stderr, "usage: send-paged DEVICE FRAME\n");
		return 2;
	}
	while (parts[1].iov_len < sizeof(frame) &&
	       sscanf(argv[2] + 2 * parts[1].iov_len, "%2hhx", &frame[parts[1].iov_len]) == 1)
		parts[1].iov_len++;
	packet_socket = socket(AF_PACKET, SOCK_RAW, 0);
	if (packet_socket < 0)
		return give_up("socket");
	device.sll_ifindex = (int)if_nametoindex(argv[1]);
	if (device.sll_ifindex == 0 ||
	    setsockopt(packet_socket, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) != 0 ||
	    bind(packet_socket, (struct sockaddr *)&device, sizeof(device)) != 0)
		return give_up(argv[1]);
	do {
		if (writev(packet_socket, parts, 2) < 0)
			return give_up("writev");
	} while (poll(&input, 1, MILLISECONDS_GAP) == 0);
	return 0;
}
