// SPDX-License-Identifier: Apache-2.0
/*
 * machine-agent SOCKET RUNNER: the first process of a virtual machine. It starts the sandbox's runner, which listens at
 * SOCKET, and then does what comes over the port "pathbench": commands, and lists of steps for the runner (frame.h).
 */
#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	looks_for_port = 3000,
	look_every_us = 10000,
	/* Answers that wait for the port: while there are more, no command is read. */
	answers_most_bytes = 1 << 20,
	channels_most = 512,
	waits_each = 3,
};

static struct channel *channels;
static struct buffer requests, answers;

_Noreturn void give_up(const char *what)
{
	fprintf(stderr, "machine-agent: could not %s: %s\n", what, strerror(errno));
	sync();
	reboot(RB_AUTOBOOT);
	_exit(EXIT_FAILURE);
}

/* Without udev there is no link by the port's name (drivers/char/virtio_console.c). */
static int find_port(void)
{
	char path[300], name[32] = "";
	DIR *ports = opendir("/sys/class/virtio-ports");
	struct dirent *entry;
	int port = -1, file;

	while (ports && port < 0 && (entry = readdir(ports))) {
		snprintf(path, sizeof(path), "/sys/class/virtio-ports/%s/name", entry->d_name);
		file = open(path, O_RDONLY | O_CLOEXEC);
		if (file < 0)
			continue;
		if (read(file, name, sizeof(name) - 1) > 0 &&
		    strncmp(name, "pathbench", strlen("pathbench")) == 0) {
			snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
			port = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
		}
		close(file);
	}
	if (ports)
		closedir(ports);
	return port;
}

static int await_port(void)
{
	for (int look = 0; look < looks_for_port; look++) {
		int port = find_port();

		if (port >= 0)
			return port;
		usleep(look_every_us);
	}
	errno = ENODEV;
	give_up("find the port (virtio_pci, virtio_console)");
}

/* It ends with its input, which is never closed, and says when it listens. */
static void start_runner(const char *runner, const char *socket)
{
	int input[2], output[2];
	char word[6];

	if (pipe(input) || pipe2(output, O_CLOEXEC))
		give_up("make pipes");
	fcntl(input[1], F_SETFD, FD_CLOEXEC);
	if (fork() == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		dup2(input[0], STDIN_FILENO);
		dup2(output[1], STDOUT_FILENO);
		execl(runner, runner, socket, (char *)NULL);
		_exit(EXIT_FAILURE);
	}
	close(input[0]);
	close(output[1]);
	if (read(output[0], word, sizeof(word)) <= 0)
		give_up("start the runner of steps");
}

static struct channel *channel_of(uint32_t number)
{
	for (struct channel *one = channels; one; one = one->next)
		if (one->number == number)
			return one;
	return NULL;
}

static void obey(struct frame frame, const char *steps_socket)
{
	struct channel *channel = channel_of(frame.channel);

	if (frame.kind == frame_open) {
		channel = begin_channel(frame, steps_socket, &answers);
		channel->next = channels;
		channels = channel;
	} else if (channel && frame.kind == frame_input) {
		buffer_add(&channel->to_input, frame.bytes, frame.length);
	} else if (channel && frame.kind == frame_input_end) {
		channel->is_input_ended = true;
	} else if (channel && frame.kind == frame_kill && channel->command > 0) {
		kill(-channel->command, SIGKILL);
	}
}

static void obey_all(const char *steps_socket)
{
	struct frame frame;

	while (buffer_frame(&requests, &frame)) {
		obey(frame, steps_socket);
		buffer_drop(&requests, frame_header_bytes + frame.length);
	}
}

/* Orphans come here, too. */
static void bury_processes(int signals)
{
	struct signalfd_siginfo signal;
	pid_t process;
	int status;

	while (read(signals, &signal, sizeof(signal)) > 0)
		continue;
	while ((process = waitpid(-1, &status, WNOHANG)) > 0)
		for (struct channel *one = channels; one; one = one->next)
			if (one->command == process)
				note_end(one, status);
}

static void serve_channels(void)
{
	for (struct channel **place = &channels; *place;) {
		struct channel *channel = *place, *next = channel->next;

		serve_channel(channel, &answers);
		if (bury_channel(channel, &answers))
			*place = next;
		else
			place = &channel->next;
	}
}

static void await(int port, int signals)
{
	static struct pollfd waits[2 + channels_most * waits_each];
	bool may_read = answers.length < answers_most_bytes;
	int count = 2, channel_count = 0;

	waits[0] = (struct pollfd){ .fd = port, .events = POLLIN };
	if (answers.length > 0)
		waits[0].events |= POLLOUT;
	waits[1] = (struct pollfd){ .fd = signals, .events = POLLIN };
	for (struct channel *one = channels; one && channel_count < channels_most;
	     one = one->next) {
		count += add_waits(one, may_read, waits + count);
		channel_count++;
	}
	poll(waits, (nfds_t)count, -1);
}

int main(int argument_count, char **arguments)
{
	sigset_t children;
	int port, signals;

	if (argument_count < 3) {
		errno = EINVAL;
		give_up("understand the kernel's command line");
	}
	set_up_guest();
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&children);
	sigaddset(&children, SIGCHLD);
	sigprocmask(SIG_BLOCK, &children, NULL);
	signals = signalfd(-1, &children, SFD_NONBLOCK | SFD_CLOEXEC);
	port = await_port();
	start_runner(arguments[2], arguments[1]);
	buffer_add_frame(&answers, (struct frame){ .kind = frame_ready });
	for (;;) {
		bool is_open = true;

		await(port, signals);
		bury_processes(signals);
		is_open = buffer_read(&requests, port);
		obey_all(arguments[1]);
		serve_channels();
		is_open = buffer_write(&answers, port) && is_open;
		if (!is_open)
			give_up("go on without the host");
	}
}
