/* SPDX-License-Identifier: Apache-2.0 */
/* Packets in memory. */
#ifndef UDPGEN_PACKET_H
#define UDPGEN_PACKET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "protocol.h"
#include "trial.h"

union packet {
	struct packet_header header;
	_Alignas(64) unsigned char payload[(PAYLOAD_BYTES_MAX + 63) / 64 * 64];
};

/* Fills in all that is the same for every packet of the trial. */
static inline void packet_prepare(union packet *packet, const struct trial *trial,
				  enum packet_kind kind)
{
	memset(packet->payload, 0, trial->payload_bytes);
	packet->header.magic = PACKET_MAGIC;
	packet->header.trial_id = trial->id;
	packet->header.kind = kind;
}

/* True for a whole packet of this kind and trial. */
static inline bool packet_belongs(const struct packet_header *header, ssize_t bytes,
				  const struct trial *trial, enum packet_kind kind)
{
	return bytes == (ssize_t)trial->payload_bytes && header->magic == PACKET_MAGIC &&
	       header->trial_id == trial->id && header->kind == (uint32_t)kind;
}

#endif
