// SPDX-License-Identifier: Apache-2.0
/*
 * Sends Ethernet frames as they are: `send-frames DEVICE`, one frame a line on standard input, in hex.
 *
 * All leave from one CPU, so that they stay in order wherever a queue of each CPU takes them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define FRAME_BYTES_MAX 1514

static int give_up(const char *what)
{
	perror(what);
	return 1;
}

static size_t parse_hex(const char *line, unsigned char *frame)
{
	size_t bytes = 0;

	while (bytes < FRAME_BYTES_MAX && sscanf(line + 2 * bytes, "%2hhx", &frame[bytes]) == 1)
		bytes++;
	return bytes;
}

int main(int argc, char **argv)
{
	struct sockaddr_ll device = { .sll_family = AF_PACKET };
	unsigned char frame[FRAME_BYTES_MAX];
	char line[2 * FRAME_BYTES_MAX + 2];
	cpu_set_t cpus;
	int packet_socket;

	if (argc != 2) {
		fprintf(stderr, "usage: send-frames DEVICE <FRAMES\n");
		return 2;
	}
	CPU_ZERO(&cpus);
	CPU_SET((size_t)sched_getcpu(), &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus) != 0)
		return give_up("sched_setaffinity");
	packet_socket = socket(AF_PACKET, SOCK_RAW, 0);
	if (packet_socket < 0)
		return give_up("socket");
	device.sll_ifindex = (int)if_nametoindex(argv[1]);
	if (device.sll_ifindex == 0 ||
	    bind(packet_socket, (struct sockaddr *)&device, sizeof(device)) != 0)
		return give_up(argv[1]);
	while (fgets(line, sizeof(line), stdin)) {
		size_t bytes = parse_hex(line, frame);

		if (send(packet_socket, frame, bytes, 0) != (ssize_t)bytes)
			return give_up("send");
	}
	return 0;
}
