// SPDX-License-Identifier: Apache-2.0
/*
 * machine-enter NAME NETWORK WORD…: runs a command in the virtual machine that `machine-host` at the abstract socket NAME
 * looks after, in the network namespace of the file NETWORK, or with "" the machine's own. Its input, outputs and exit
 * code are this program's; once this program is gone, so is the command.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "frame.h"

enum {
	not_started = 126
};

static int give_up(const char *what)
{
	fprintf(stderr, "machine-enter: could not %s: %s\n", what, strerror(errno));
	return not_started;
}

static int reach(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(name);
	int host = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (length >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	/* An abstract name: after a NUL (unix(7)). */
	memcpy(address.sun_path + 1, name, length);
	length += offsetof(struct sockaddr_un, sun_path) + 1;
	if (host < 0 || connect(host, (struct sockaddr *)&address, (socklen_t)length))
		return -1;
	return host;
}

static void add_text(struct buffer *buffer, const char *text)
{
	size_t length = strlen(text);

	buffer_add_number(buffer, (uint32_t)length);
	buffer_add(buffer, text, length);
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

static bool ask(int host, const char *network, int count, char **words)
{
	struct buffer opening = { 0 }, request = { 0 };
	bool is_sent;

	add_text(&opening, network);
	buffer_add_number(&opening, (uint32_t)count);
	for (int i = 0; i < count; i++)
		add_text(&opening, words[i]);
	buffer_add_number(&request, answer_frames);
	buffer_add_number(&request, (uint32_t)opening.length);
	buffer_add(&request, opening.bytes, opening.length);
	is_sent = write_all(host, request.bytes, request.length);
	buffer_free(&opening);
	buffer_free(&request);
	return is_sent;
}

/* Hands on what has come. Returns whether the command is over, with its exit code. */
static bool hand_on(struct buffer *received, uint32_t *code)
{
	struct frame frame;

	while (buffer_frame(received, &frame)) {
		if (frame.kind == frame_end)
			return take_number(&frame, code);
		/* A reader that has gone is told by SIGPIPE, as the command would be. */
		write_all(frame.kind == frame_errors ? STDERR_FILENO : STDOUT_FILENO, frame.bytes,
			  frame.length);
		buffer_drop(received, frame_header_bytes + frame.length);
	}
	return false;
}

int main(int argument_count, char **arguments)
{
	struct pollfd files[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };
	struct buffer received = { 0 }, input = { 0 };
	uint32_t code = not_started;
	int host;

	if (argument_count < 4) {
		fprintf(stderr, "usage: machine-enter NAME NETWORK WORD...\n");
		return not_started;
	}
	host = files[1].fd = reach(arguments[1]);
	if (host < 0)
		return give_up("reach the virtual machine");
	if (!ask(host, arguments[2], argument_count - 3, arguments + 3))
		return give_up("ask the virtual machine");
	for (;;) {
		if (poll(files, 2, -1) < 0 && errno != EINTR)
			return give_up("wait");
		if (files[1].revents && !buffer_read(&received, host)) {
			fprintf(stderr, "machine-enter: the virtual machine is gone\n");
			return not_started;
		}
		if (hand_on(&received, &code))
			return (int)code;
		if (!files[0].revents)
			continue;
		if (!buffer_read(&input, STDIN_FILENO)) {
			shutdown(host, SHUT_WR);
			files[0].fd = -1;
		}
		if (!write_all(host, input.bytes, input.length))
			files[0].fd = -1;
		buffer_drop(&input, input.length);
	}
}
