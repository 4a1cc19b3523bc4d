// SPDX-License-Identifier: Apache-2.0
/* A flood by sockets whose datagrams the kernel cuts into packets: as late on the way as it can (UDP_SEGMENT of udp(7)). */
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>

#include "flood.h"

/* Of one datagram over IPv4: 65535 − 20 (IPv4) − 8 (UDP). Over IPv6, more fits. */
#define DATAGRAM_BYTES_MAX 65507

static struct msghdr message;
static _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(uint16_t))];

void gso_arrange(const struct run *run)
{
	const uint16_t segment_bytes = (uint16_t)run->trial->payload_bytes;
	struct cmsghdr *header = (struct cmsghdr *)control;

	socket_arrange(run);
	*header = (struct cmsghdr){
		.cmsg_len = CMSG_LEN(sizeof(segment_bytes)),
		.cmsg_level = SOL_UDP,
		.cmsg_type = UDP_SEGMENT,
	};
	memcpy(CMSG_DATA(header), &segment_bytes, sizeof(segment_bytes));
	message = (struct msghdr){
		.msg_iov = flood_outbox.vectors,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
}

static uint32_t segments_most(const struct trial *trial)
{
	uint32_t burst = burst_packets(trial), fitting = DATAGRAM_BYTES_MAX / trial->payload_bytes;

	return burst < fitting ? burst : fitting;
}

void gso_send(const struct run *run)
{
	const struct trial *trial = run->trial;
	const uint32_t burst = segments_most(trial);
	struct record *record = run->record;
	struct stall stall = { 0 };

	while (record->sent < trial->packets) {
		uint32_t offered = next_burst(run, burst);
		uint32_t flow = path_next_flow(trial->path);
		ssize_t taken;

		for (uint32_t i = 0; i < offered; i++) {
			flood_outbox.packets[i]->header.sequence = record->sent + i;
			flood_outbox.packets[i]->header.flow = (uint16_t)flow;
			packet_seal(flood_outbox.packets[i]);
		}
		message.msg_iovlen = offered;
		taken = sendmsg(trial->path->flows[flow], &message, 0);
		/* All of a datagram or nothing. */
		if (!count_accepted(record, &stall, offered, taken < 0 ? -1 : (int)offered))
			return;
	}
}
