/* SPDX-License-Identifier: Apache-2.0 */
/* Headers of Ethernet, IP and UDP, as the kernel would put them before a datagram of a connected socket. */
#ifndef UDPGEN_FRAME_HEAD_H
#define UDPGEN_FRAME_HEAD_H

#include <stdint.h>

#include "address.h"
#include "flow-frame.h"
#include "route.h"

#define ETHERNET_BYTES 14

/* Writes all that does not depend on the payload. Returns how many bytes a head has. */
uint32_t frame_head_begin(unsigned char *head, const struct route *route,
			  const struct address *source, const struct address *target,
			  uint8_t hop_limit);

/* Writes the rest, and sets the sum of what the UDP checksum is made of, but for the payload. */
void frame_head_finish(struct flow_frame *frame, uint32_t head_bytes, uint32_t payload_bytes);

/* Of a payload with this header and the pattern behind it, in 16-bit words of the machine's order, folded to 16 bits. */
uint32_t payload_sum(const struct packet_header *header, uint32_t payload_bytes);

#endif
