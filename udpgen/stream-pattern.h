/* SPDX-License-Identifier: Apache-2.0 */
/* What TCP connections carry besides headers: bytes that are known by where in the stream they stand. */
#ifndef UDPGEN_STREAM_PATTERN_H
#define UDPGEN_STREAM_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol.h"

/* A prime: no number of whole segments is a whole number of periods, so that a lost one shows. */
#define STREAM_PERIOD 32749u

extern unsigned char stream_pattern[STREAM_PERIOD + TCP_PIECE_BYTES_MAX];

void stream_pattern_fill(void);

/* The bytes from this offset on, at least TCP_PIECE_BYTES_MAX of them. */
static inline const unsigned char *stream_at(uint64_t offset)
{
	return stream_pattern + offset % STREAM_PERIOD;
}

/* Whether these are the bytes that stand at this offset. */
bool stream_matches(const unsigned char *data, size_t bytes, uint64_t offset);

#endif
