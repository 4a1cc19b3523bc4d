/* SPDX-License-Identifier: Apache-2.0 */
/* The program that sends whole frames in the kernel, and what it shares with the generator. */
#ifndef UDPGEN_LIVE_PROGRAM_H
#define UDPGEN_LIVE_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "live-frames.h"

/* Opens the program and its map live_floods by their pins, in place of those that were open before. */
bool live_program_open(const char *program_pin, const char *map_pin, struct failure *failure);

/* What the program works with, or NULL before it is open. */
struct live_flood *live_flood(void);

/* Runs it on so many frames that begin as this one is, and sends them. Returns 0 or an errno. */
int live_program_run(const unsigned char *frame, uint32_t frame_bytes, uint32_t count);

/* The same of any XDP program. */
int live_frames_run(int descriptor, const unsigned char *frame, uint32_t frame_bytes,
		    uint32_t count);

#endif
