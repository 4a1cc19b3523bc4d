// SPDX-License-Identifier: Apache-2.0
/*
 * A router in user space over a tun device (Documentation/networking/tuntap.rst): every packet that the stack sends there
 * is read, and written back, so that the stack has it a second time, as received from that device. Nothing is changed: the
 * stack routes both times, and takes from TTL and hop limit.
 *
 *   forward-tun DEVICE
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "first-in-turn.h"

/* The longest that an IP packet can be (RFC 791, 3.1; jumbograms aside). */
#define PACKET_BYTES_MAX 65535

static int open_device(const char *name)
{
	struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int device = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	if (device < 0)
		die("/dev/net/tun");
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(device, TUNSETIFF, &request) != 0)
		die(name);
	return device;
}

int main(int count, char **words)
{
	static char packet[PACKET_BYTES_MAX];
	int device;

	if (count != 2) {
		fprintf(stderr, "usage: forward-tun DEVICE\n");
		return EXIT_FAILURE;
	}
	device = open_device(words[1]);
	be_first_in_turn();
	puts("forwarding");
	fflush(stdout);
	for (;;) {
		ssize_t bytes = read(device, packet, sizeof(packet));

		/* What the stack does not take is lost, as on any router. EIO: the device is down. */
		if (bytes > 0 && write(device, packet, (size_t)bytes) < 0 && errno != EIO &&
		    errno != EINVAL && errno != ENOMEM && errno != EAGAIN)
			die("could not write a packet");
		if (bytes < 0 && errno != EINTR)
			die("could not read a packet");
	}
}
