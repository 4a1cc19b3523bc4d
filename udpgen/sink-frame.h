/* SPDX-License-Identifier: Apache-2.0 */
/* What a network stack looks at before it gives a datagram to a socket. */
#ifndef UDPGEN_SINK_FRAME_H
#define UDPGEN_SINK_FRAME_H

#include <stddef.h>

/*
 * The payload of a UDP datagram in a frame of Ethernet, to `mac`, of IPv4 without options or IPv6, whole and unfragmented;
 * NULL where a stack would drop it. Over veth a checksum may be left to the device: it is then that of the pseudo-header
 * alone (CHECKSUM_PARTIAL), which 1 wrong checksum of 65,536 looks like.
 */
const unsigned char *frame_payload(const unsigned char *frame, size_t frame_bytes,
				   const unsigned char *mac, size_t *payload_bytes);

#endif
