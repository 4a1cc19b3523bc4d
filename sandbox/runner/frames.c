// SPDX-License-Identifier: Apache-2.0
#include "frames.h"
#include "io.h"
#include "tool.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

/* Of frames, so that answers do not mix: a file in memory that all lock. */
static int frame_lock;

static void lock_frames(short how)
{
	struct flock lock = { .l_type = how, .l_whence = SEEK_SET };

	while (fcntl(frame_lock, F_SETLKW, &lock) && errno == EINTR)
		continue;
}

void begin_frames(void)
{
	frame_lock = memory_file();
}

/* What a file in memory holds, in a frame. */
static void answer_frame(uint32_t number, int file)
{
	size_t length = length_of(file);

	lock_frames(F_WRLCK);
	send_number(STDOUT_FILENO, (uint32_t)(sizeof(number) + length));
	send_number(STDOUT_FILENO, number);
	send_bytes(STDOUT_FILENO, file, length);
	lock_frames(F_UNLCK);
}

/* Ends this process where the caller is gone, or has been silent for so long. */
static void read_input(void *bytes, size_t length, int patience_ms)
{
	struct pollfd end = { .fd = STDIN_FILENO, .events = POLLIN };
	char *at = bytes;

	while (length > 0) {
		ssize_t got;

		if (poll(&end, 1, patience_ms) == 0)
			exit(EXIT_SUCCESS);
		got = read(STDIN_FILENO, at, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			exit(EXIT_SUCCESS);
		at += got;
		length -= (size_t)got;
	}
}

void take_frame(int patience_ms)
{
	struct list list;
	uint32_t length, number;
	pid_t server;
	char *bytes;
	int answer;

	read_input(&length, sizeof(length), patience_ms);
	length = ntohl(length);
	if (length == 0)
		return;
	bytes = malloc(length);
	if (!bytes)
		give_up("get memory for steps");
	read_input(bytes, length, patience_ms);
	list = (struct list){ bytes, length };
	if (!take_number(&list, &number)) {
		errno = EBADMSG;
		give_up("understand a frame");
	}
	answer = memory_file();
	server = fork();
	if (server == 0)
		serve(list, answer);
	else if (server < 0)
		turn_down(answer, errno);
	if (server <= 0)
		answer_frame(number, answer);
	if (server == 0)
		_exit(EXIT_SUCCESS);
	close(answer);
	free(bytes);
}
