// SPDX-License-Identifier: Apache-2.0
#include "payload-pattern.h"

unsigned char payload_pattern[PAYLOAD_BYTES_MAX];

/*
 * Without order, so that moved bytes show, and without zeros, which damage likes to write. The
 * generator is Knuth's for 32 bits; its upper bits are the good ones.
 */
void payload_pattern_fill(void)
{
	uint32_t state = PACKET_SEAL;

	for (int i = 0; i < PAYLOAD_BYTES_MAX; i++) {
		state = state * 1664525u + 1013904223u;
		payload_pattern[i] = (unsigned char)(1 + (state >> 16) % 255);
	}
}
