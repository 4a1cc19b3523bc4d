// SPDX-License-Identifier: Apache-2.0
#include "try-engine.h"

#include <errno.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "bpf-program.h"
#include "engine.h"
#include "live-program.h"
#include "packet-ring.h"

static bool try_gso(struct failure *failure)
{
	const int segment_bytes = 64, on = 1;
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (descriptor < 0)
		return fail(failure, "could not open a socket: %s", strerror(errno));
	if (setsockopt(descriptor, SOL_UDP, UDP_SEGMENT, &segment_bytes, sizeof(segment_bytes)) !=
	    0)
		return fail(failure, "no UDP segmentation (UDP_SEGMENT): %s", strerror(errno));
	if (setsockopt(descriptor, SOL_UDP, UDP_GRO, &on, sizeof(on)) != 0)
		return fail(failure, "no merged UDP datagrams (UDP_GRO): %s", strerror(errno));
	return true;
}

static bool try_packet(struct failure *failure)
{
	struct packet_ring ring;

	return packet_ring_open(&ring, failure);
}

/* The program lets one frame of zeros pass to the loopback device, which no protocol takes. */
static bool try_xdp(const char *pin, struct failure *failure)
{
	static const unsigned char frame[64];
	int program = pin ? bpf_program_open(pin, BPF_PROG_TYPE_XDP, failure) : -1;
	int error;

	if (program < 0)
		return false;
	error = live_frames_run(program, frame, sizeof(frame), 1);
	return !error || fail(failure, "no live frames of XDP: %s", strerror(error));
}

int try_engine(int count, char **arguments)
{
	struct failure failure = { 0 };
	enum engine engine;
	bool is_there = engine_named(arguments[0], &engine, &failure);

	if (is_there && engine == ENGINE_GSO)
		is_there = try_gso(&failure);
	else if (is_there && engine == ENGINE_PACKET)
		is_there = try_packet(&failure);
	else if (is_there && engine == ENGINE_XDP)
		is_there = try_xdp(count > 1 ? arguments[1] : NULL, &failure);
	if (!is_there)
		fprintf(stderr, "udpgen: %s\n", failure.message);
	return is_there ? EXIT_SUCCESS : EXIT_FAILURE;
}
