// SPDX-License-Identifier: Apache-2.0
#include "stream-pattern.h"

#include <string.h>

unsigned char stream_pattern[STREAM_PERIOD + TCP_PIECE_BYTES_MAX];

/* As payload_pattern_fill(): without order, and without zeros. */
void stream_pattern_fill(void)
{
	uint32_t state = PACKET_SEAL;

	for (uint32_t i = 0; i < STREAM_PERIOD; i++) {
		state = state * 1664525u + 1013904223u;
		stream_pattern[i] = (unsigned char)(1 + (state >> 16) % 255);
	}
	for (uint32_t i = STREAM_PERIOD; i < sizeof(stream_pattern); i++)
		stream_pattern[i] = stream_pattern[i - STREAM_PERIOD];
}

/* A period at a time, which stays in the cache that is nearest. */
bool stream_matches(const unsigned char *data, size_t bytes, uint64_t offset)
{
	while (bytes > 0) {
		size_t at = offset % STREAM_PERIOD, left = STREAM_PERIOD - at;
		size_t piece = bytes < left ? bytes : left;

		if (memcmp(data, stream_pattern + at, piece) != 0)
			return false;
		data += piece;
		offset += piece;
		bytes -= piece;
	}
	return true;
}
