// SPDX-License-Identifier: Apache-2.0
/*
 * runner SOCKET: the first process of the sandbox. Carries out lists of steps that come over connections to
 * SOCKET, each list in a process of its own, and ends with its standard input: the kernel then kills all else
 * inside. A list costs no more processes than its tools are.
 *
 * A list is a sequence of steps up to the end of what the caller sends. Numbers are of four bytes in network
 * order; a text is its length and its bytes.
 *
 *   step: seconds that it may take, network namespace (a text, empty for the sandbox's own), input (a text),
 *         number of words, words (texts)
 *
 * For each step that ended well the answer has `0` (a number) and what it wrote on its standard output (a text).
 * The first that did not ends the list, with its exit code as a shell gives it, and both of its outputs. One that
 * takes too long, or stops and does not go on, is killed, and has `-1` for a code.
 *
 * runner SOCKET SECONDS: lists come over its standard input, too, from another host, in frames: a frame is its length
 * (a number) and so many bytes. One of length 0 says that the caller is there: where nothing comes for SECONDS, runner
 * ends as if its input had. Any other holds a number of the caller's and a list; the frame on standard output that
 * answers has the same number and the answer.
 */
#include "frames.h"
#include "io.h"
#include "tool.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* All that comes over a connection. */
static struct list receive(int connection)
{
	size_t room = 1 << 16, length = 0;
	char *bytes = malloc(room);
	ssize_t got;

	while (bytes && (got = read(connection, bytes + length, room - length)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			give_up("read steps");
		length += (size_t)got;
		if (length == room)
			bytes = realloc(bytes, room *= 2);
	}
	if (!bytes)
		give_up("get memory for steps");
	return (struct list){ bytes, length };
}

static void take_connection(int listening)
{
	int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	pid_t server;

	if (connection < 0)
		return;
	server = fork();
	if (server == 0) {
		serve(receive(connection), connection);
		_exit(EXIT_SUCCESS);
	}
	if (server < 0) {
		int why = errno;

		free((void *)receive(connection).at);
		turn_down(connection, why);
	}
	close(connection);
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (listening < 0 || strlen(path) >= sizeof(address.sun_path))
		give_up("make a socket");
	strcpy(address.sun_path, path);
	if (bind(listening, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(listening, SOMAXCONN))
		give_up("listen");
	return listening;
}

int main(int argument_count, char **arguments)
{
	struct pollfd ends[2] = { { .fd = STDIN_FILENO }, { .events = POLLIN } };
	int patience_ms = -1;

	if (argument_count != 2 && argument_count != 3) {
		fprintf(stderr, "usage: runner SOCKET [SECONDS]\n");
		return EXIT_FAILURE;
	}
	if (argument_count == 3) {
		patience_ms = atoi(arguments[2]) * 1000;
		ends[0].events = POLLIN;
		begin_frames();
	}
	/* The kernel buries the dead, and those whose parents went before them. */
	signal(SIGCHLD, SIG_IGN);
	ends[1].fd = listen_at(arguments[1]);
	write_all(STDOUT_FILENO, "ready\n", 6);
	for (;;) {
		int ready = poll(ends, 2, patience_ms);

		if (ready < 0 && errno != EINTR)
			give_up("wait");
		if (ready < 0)
			continue;
		/* Its input has ended, or its caller has been silent for too long. */
		if (ready == 0 || (ends[0].revents && !(ends[0].revents & POLLIN)))
			return EXIT_SUCCESS;
		if (ends[0].revents)
			take_frame(patience_ms);
		if (ends[1].revents)
			take_connection(ends[1].fd);
	}
}
