/* SPDX-License-Identifier: Apache-2.0 */
/* How the frames of a flow begin. Read by the generator and by its program in the kernel (bpf/live-frames.bpf.c). */
#ifndef UDPGEN_FLOW_FRAME_H
#define UDPGEN_FLOW_FRAME_H

#include <stdint.h>

#include "protocol.h"

/* Ethernet, IPv4 or IPv6, UDP. */
#define FRAME_HEAD_BYTES_IPV4 42
#define FRAME_HEAD_BYTES_IPV6 62
/* The last of the head. */
#define UDP_CHECKSUM_BYTES 2
/* The payload's, so that head and payload fit a frame of Ethernet. */
#define FRAME_PAYLOAD_BYTES_MAX 1472

struct flow_frame {
	/* All that stands before the payload; the UDP checksum, its last two bytes, is 0. */
	unsigned char head[64];
	/* Of all that a UDP checksum is made of but the sequence number and the seal, in 16-bit words of the machine's order. */
	uint32_t sum;
	/* The device that it leaves by. */
	uint32_t ifindex;
};

/* The header of the flow's next packet, and the checksum that the frame has with it. */
static inline uint16_t finish_frame(const struct flow_frame *frame, struct packet_header *header)
{
	uint64_t sum;
	uint16_t checksum;

	header->seal = seal_of(header);
	/* RFC 1071: words may be summed in any order, two at a time. */
	sum = (uint64_t)frame->sum + header->seal + header->sequence;
	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	checksum = (uint16_t)~sum;
	/* 0 would say that there is none. */
	return checksum ? checksum : 0xffff;
}

#endif
