// SPDX-License-Identifier: Apache-2.0
/*
 * machine-host NAME QEMU WORD…: starts a virtual machine, whose port is file 3 of its QEMU, and looks after it. Clients that
 * connect to the abstract socket NAME have commands run in it (machine-enter), or lists of steps.
 *
 * Once the guest is set up it writes "ready" on its standard output; what the guest writes on its console is on standard
 * error. It ends with its standard input, and takes the machine with it, as the kernel does where this is killed.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clients.h"
#include "frame.h"

enum {
	port_file = 3,
	clients_most = 512,
	fixed_waits = 3,
};

static pid_t machine;

static _Noreturn void end_machine(int code)
{
	if (machine > 0) {
		kill(machine, SIGKILL);
		waitpid(machine, NULL, 0);
	}
	exit(code);
}

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "machine-host: could not %s: %s\n", what, strerror(errno));
	end_machine(EXIT_FAILURE);
}

/* Returns the port. */
static int start_machine(char **words)
{
	int ends[2];
	pid_t self = getpid();

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		give_up("make a port");
	machine = fork();
	if (machine < 0)
		give_up("start a process");
	if (machine == 0) {
		int nothing = open("/dev/null", O_RDONLY);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != self)
			_exit(EXIT_FAILURE);
		dup2(nothing, STDIN_FILENO);
		dup2(STDERR_FILENO, STDOUT_FILENO);
		if (ends[1] == port_file)
			fcntl(port_file, F_SETFD, 0);
		else
			dup2(ends[1], port_file);
		execvp(words[0], words);
		fprintf(stderr, "%s: %s\n", words[0], strerror(errno));
		_exit(EXIT_FAILURE);
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	return ends[0];
}

static int listen_at(const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(name);
	int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (length >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		give_up("listen");
	}
	memcpy(address.sun_path + 1, name, length);
	length += offsetof(struct sockaddr_un, sun_path) + 1;
	if (listening < 0 || bind(listening, (struct sockaddr *)&address, (socklen_t)length) ||
	    listen(listening, SOMAXCONN))
		give_up("listen");
	return listening;
}

/* An abstract socket has no permissions: who comes is asked. */
static bool is_own(int connection)
{
	struct ucred who;
	socklen_t length = sizeof(who);

	return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 &&
	       who.uid == geteuid();
}

static void welcome(int listening)
{
	int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (connection < 0)
		return;
	if (is_own(connection))
		add_client(connection);
	else
		close(connection);
}

static void hear_guest(struct buffer *answers)
{
	struct frame frame;

	while (buffer_frame(answers, &frame)) {
		if (frame.kind == frame_ready) {
			if (write(STDOUT_FILENO, "ready\n", 6) < 0)
				give_up("say that it is ready");
		} else {
			answer_client(frame);
		}
		buffer_drop(answers, frame_header_bytes + frame.length);
	}
}

int main(int argument_count, char **arguments)
{
	static struct pollfd waits[fixed_waits + clients_most];
	struct buffer requests = { 0 }, answers = { 0 };
	int listening, port;

	if (argument_count < 3) {
		fprintf(stderr, "usage: machine-host NAME QEMU WORD...\n");
		return EXIT_FAILURE;
	}
	signal(SIGPIPE, SIG_IGN);
	listening = listen_at(arguments[1]);
	port = start_machine(arguments + 2);
	for (;;) {
		int count = fixed_waits;

		waits[0] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
		waits[1] = (struct pollfd){ .fd = listening, .events = POLLIN };
		waits[2] = (struct pollfd){ .fd = port, .events = POLLIN };
		if (requests.length > 0)
			waits[2].events |= POLLOUT;
		count += add_client_waits(waits + count, clients_most);
		if (poll(waits, (nfds_t)count, -1) < 0 && errno != EINTR)
			give_up("wait");
		if (waits[0].revents)
			end_machine(EXIT_SUCCESS);
		if (waits[1].revents)
			welcome(listening);
		if (waits[2].revents && !buffer_read(&answers, port))
			end_machine(EXIT_FAILURE);
		hear_guest(&answers);
		serve_clients(waits + fixed_waits, count - fixed_waits, &requests);
		if (!buffer_write(&requests, port))
			end_machine(EXIT_FAILURE);
	}
}
