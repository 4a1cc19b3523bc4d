/* SPDX-License-Identifier: Apache-2.0 */
/* Packets of one sendmmsg() or recvmmsg() call. */
#ifndef UDPGEN_PACKET_BATCH_H
#define UDPGEN_PACKET_BATCH_H

#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "packet.h"

struct packet_batch {
	struct mmsghdr messages[BATCH_PACKETS];
	struct iovec vectors[BATCH_PACKETS];
	union packet *packets[BATCH_PACKETS];
	union packet storage[BATCH_PACKETS];
};

/*
 * Points the messages at packets of this size, side by side: small packets then share few pages,
 * where slots of the largest size would spread them over one cache set each.
 */
void packet_batch_arrange(struct packet_batch *batch, uint32_t payload_bytes);

#endif
