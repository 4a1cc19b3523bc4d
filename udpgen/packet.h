/* SPDX-License-Identifier: Apache-2.0 */
/* Packets in memory. */
#ifndef UDPGEN_PACKET_H
#define UDPGEN_PACKET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "payload-pattern.h"
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
	memset(&packet->header, 0, sizeof(packet->header));
	memcpy(packet->payload + sizeof(packet->header), payload_pattern,
	       trial->payload_bytes - sizeof(packet->header));
	packet->header.magic = PACKET_MAGIC;
	packet->header.trial_id = trial->id;
	packet->header.kind = kind;
}

/*
 * True for a whole and undamaged packet of this kind and trial. The kernel does not tell damage on
 * its own: over veth, packets travel without a checksum (CHECKSUM_PARTIAL).
 */
static inline bool packet_belongs(const union packet *packet, ssize_t bytes,
				  const struct trial *trial, enum packet_kind kind)
{
	const struct packet_header *header = &packet->header;

	return bytes == (ssize_t)trial->payload_bytes && header->magic == PACKET_MAGIC &&
	       header->trial_id == trial->id && header->kind == kind &&
	       header->flow < trial->path->flows_count &&
	       memcmp(packet->payload + sizeof(*header), payload_pattern,
		      trial->payload_bytes - sizeof(*header)) == 0;
}

#endif
