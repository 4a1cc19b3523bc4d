/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes over the one port between host and guest, and from host to a client: frames. Each is of a channel, which is a
 * command in the guest, or the list of steps that its runner is given.
 *
 * A frame is its channel, kind and length, numbers of four bytes in network order, and so many bytes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum frame_kind {
	/* To the guest. Begins a channel: network namespace (a text, empty for the machine's own), number of words,
	 * words (texts), a text being its length and its bytes. Without words it is a list of steps. */
	frame_open = 1,
	/* What the command is to read. */
	frame_input,
	frame_input_end,
	/* Nobody waits for it any more. */
	frame_kill,
	/* From the guest. What it wrote, on either output. */
	frame_output,
	frame_errors,
	/* It is over: its exit code as a shell gives it. */
	frame_end,
	/* All is set up. The channel is 0. */
	frame_ready,
};

/* How a client says first which answer it wants: what was put out and nothing else, or frames. */
enum answer_kind {
	answer_plain,
	answer_frames,
};

enum {
	frame_header_bytes = 12,
	/* Longest that is sent in a frame, and is read at a time. */
	frame_most_bytes = 1 << 15,
};

struct frame {
	uint32_t channel;
	uint32_t kind;
	uint32_t length;
	const char *bytes;
};

/* Bytes on their way. */
struct buffer {
	char *bytes;
	size_t length, room;
};

/* Each ends the program where there is no memory. */
void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_number(struct buffer *buffer, uint32_t number);
void buffer_add_frame(struct buffer *buffer, struct frame frame);

void buffer_drop(struct buffer *buffer, size_t length);
void buffer_free(struct buffer *buffer);

/* Reads what there is. Returns whether more may follow; false at the end, or where it failed. */
bool buffer_read(struct buffer *buffer, int file);

/* Writes what the file takes. Returns false where it takes no more, ever. */
bool buffer_write(struct buffer *buffer, int file);

/* Takes the frame that `buffer` begins with, if it is whole: it points into the buffer. */
bool buffer_frame(const struct buffer *buffer, struct frame *frame);

/* Takes a number, or a text, from what is left of a frame. */
bool take_number(struct frame *left, uint32_t *number);
char *take_text(struct frame *left);
