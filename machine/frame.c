// SPDX-License-Identifier: Apache-2.0
#include "frame.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
	size_t wanted = buffer->length + length;

	if (wanted > buffer->room) {
		buffer->room = wanted * 2;
		buffer->bytes = realloc(buffer->bytes, buffer->room);
		if (!buffer->bytes) {
			perror("machine: memory");
			exit(EXIT_FAILURE);
		}
	}
	if (length > 0)
		memcpy(buffer->bytes + buffer->length, bytes, length);
	buffer->length = wanted;
}

void buffer_add_number(struct buffer *buffer, uint32_t number)
{
	number = htonl(number);
	buffer_add(buffer, &number, sizeof(number));
}

void buffer_add_frame(struct buffer *buffer, struct frame frame)
{
	buffer_add_number(buffer, frame.channel);
	buffer_add_number(buffer, frame.kind);
	buffer_add_number(buffer, frame.length);
	buffer_add(buffer, frame.bytes, frame.length);
}

void buffer_drop(struct buffer *buffer, size_t length)
{
	buffer->length -= length;
	memmove(buffer->bytes, buffer->bytes + length, buffer->length);
}

void buffer_free(struct buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct buffer){ 0 };
}

bool buffer_read(struct buffer *buffer, int file)
{
	static char bytes[frame_most_bytes];
	ssize_t got = read(file, bytes, sizeof(bytes));

	if (got > 0)
		buffer_add(buffer, bytes, (size_t)got);
	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

bool buffer_write(struct buffer *buffer, int file)
{
	ssize_t written;

	if (buffer->length == 0)
		return true;
	written = write(file, buffer->bytes, buffer->length);
	if (written > 0)
		buffer_drop(buffer, (size_t)written);
	return written > 0 || (written < 0 && (errno == EAGAIN || errno == EINTR));
}

static uint32_t number_at(const char *bytes)
{
	uint32_t number;

	memcpy(&number, bytes, sizeof(number));
	return ntohl(number);
}

bool buffer_frame(const struct buffer *buffer, struct frame *frame)
{
	if (buffer->length < frame_header_bytes)
		return false;
	*frame = (struct frame){
		.channel = number_at(buffer->bytes),
		.kind = number_at(buffer->bytes + 4),
		.length = number_at(buffer->bytes + 8),
		.bytes = buffer->bytes + frame_header_bytes,
	};
	return buffer->length - frame_header_bytes >= frame->length;
}

bool take_number(struct frame *left, uint32_t *number)
{
	if (left->length < sizeof(*number))
		return false;
	*number = number_at(left->bytes);
	left->bytes += sizeof(*number);
	left->length -= (uint32_t)sizeof(*number);
	return true;
}

char *take_text(struct frame *left)
{
	uint32_t length;
	char *text;

	if (!take_number(left, &length) || left->length < length)
		return NULL;
	text = strndup(left->bytes, length);
	left->bytes += length;
	left->length -= length;
	return text;
}
