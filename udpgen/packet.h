/* SPDX-License-Identifier: Apache-2.0 */
/* Packets in memory. */
#ifndef UDPGEN_PACKET_H
#define UDPGEN_PACKET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "faults.h"
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
	packet->header.trial_id = trial->id;
	packet->header.kind = kind;
}

/* To be called once all else in the header is as it will be sent. */
static inline void packet_seal(union packet *packet)
{
	packet->header.seal = seal_of(&packet->header);
}

static inline bool is_sealed(const union packet *packet, size_t bytes)
{
	return bytes >= sizeof(packet->header) && packet->header.seal == seal_of(&packet->header);
}

/*
 * True for a whole and undamaged packet of this kind and trial; what is none is counted as a fault. The
 * kernel does not tell damage on its own: over veth, packets travel without a checksum
 * (CHECKSUM_PARTIAL), and who changes a packet may set its checksum right.
 */
static inline bool packet_belongs(const union packet *packet, size_t bytes,
				  const struct trial *trial, enum packet_kind kind,
				  struct faults *faults)
{
	const struct packet_header *header = &packet->header;

	if (!is_sealed(packet, bytes)) {
		faults->corrupted++;
		return false;
	}
	if (header->trial_id != trial->id) {
		faults_count_stray(faults, header->trial_id, trial->path->first_trial_id);
		return false;
	}
	if (bytes != trial->payload_bytes ||
	    memcmp(packet->payload + sizeof(*header), payload_pattern,
		   trial->payload_bytes - sizeof(*header)) != 0) {
		faults->corrupted++;
		return false;
	}
	/* A request that came back to its client. */
	if (header->kind != kind) {
		faults->misdirected++;
		return false;
	}
	return true;
}

#endif
