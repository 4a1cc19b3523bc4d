// SPDX-License-Identifier: Apache-2.0
#include "tool.h"
#include "io.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	not_found = 127,
	not_started = 126,
	given_up = -1
};

/* A tool that stands still is seen by this many looks, a second each. */
enum {
	looks_stopped = 6
};

static void enter_network(const char *file)
{
	int network = open(file, O_RDONLY | O_CLOEXEC);

	if (network < 0 || setns(network, CLONE_NEWNET)) {
		fprintf(stderr, "could not enter %s: %s\n", file, strerror(errno));
		_exit(not_started);
	}
	close(network);
}

static void become(const struct step *step, int input, int output, int errors)
{
	/* A session of its own, so that all of it can be killed. */
	setsid();
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	dup2(input, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	if (step->network[0])
		enter_network(step->network);
	execvp(step->words[0], step->words);
	if (errno == ENOENT) {
		fprintf(stderr, "%s: not found\n", step->words[0]);
		_exit(not_found);
	}
	fprintf(stderr, "%s: %s\n", step->words[0], strerror(errno));
	_exit(not_started);
}

/* Kills a tool with all that it started, and says why among its errors. */
static int kill_tool(pid_t tool, int errors, const char *why)
{
	kill(-tool, SIGKILL);
	waitpid(tool, NULL, 0);
	write_all(errors, why, strlen(why));
	return given_up;
}

/* Waits for a tool, and returns its exit code. Time is counted in looks: none passes while all is stopped. */
static int wait_for(pid_t tool, uint32_t limit_s, int errors)
{
	/* A kernel without it is looked at more often. */
	int descriptor = (int)syscall(SYS_pidfd_open, tool, 0);
	struct pollfd end = { .fd = descriptor, .events = POLLIN };
	uint32_t looks = 0, per_second = descriptor < 0 ? 1000 : 1, stopped = 0;
	char late[64];
	int status;

	snprintf(late, sizeof(late), "it did not end within %u s, and was killed\n", limit_s);
	for (;;) {
		pid_t changed = waitpid(tool, &status, WNOHANG | WUNTRACED | WCONTINUED);

		if (changed == tool && (WIFEXITED(status) || WIFSIGNALED(status)))
			break;
		if (changed == tool)
			stopped = WIFSTOPPED(status) ? 1 : 0;
		if (stopped && stopped++ > looks_stopped * per_second)
			return kill_tool(
				tool, errors,
				"it was stopped by a signal, and did not go on, and was killed\n");
		if (looks++ >= limit_s * per_second)
			return kill_tool(tool, errors, late);
		poll(&end, descriptor < 0 ? 0 : 1, descriptor < 0 ? 1 : 1000);
	}
	if (descriptor >= 0)
		close(descriptor);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Sends what a file in memory holds, as a text. */
static void send_file(int connection, int file)
{
	size_t length = length_of(file);

	send_number(connection, (uint32_t)length);
	send_bytes(connection, file, length);
}

/* Answers for a step whose process could not be made, as the kernel says why. */
static int32_t refuse(int errors)
{
	dprintf(errors, "could not start a process: %s\n", strerror(errno));
	return not_started;
}

/* Carries a step out, and answers; whether the next may follow. */
static int carry_out(const struct step *step, int connection)
{
	int input = memory_file(), output = memory_file(), errors = memory_file();
	int32_t code;
	pid_t tool;

	write_all(input, step->input, step->input_length);
	lseek(input, 0, SEEK_SET);
	/* Without a copy of all that maps memory, which is much of what a tool takes where the kernel is a guest. */
	tool = vfork();
	if (tool == 0)
		become(step, input, output, errors);
	code = tool < 0 ? refuse(errors) : wait_for(tool, step->limit_s, errors);
	send_number(connection, (uint32_t)code);
	send_file(connection, output);
	if (code)
		send_file(connection, errors);
	close(input);
	close(output);
	close(errors);
	return code == 0;
}

void serve(struct list list, int connection)
{
	struct step step;

	/* What is started here is waited for. */
	signal(SIGCHLD, SIG_DFL);
	while (list.left > 0) {
		if (!take_step(&list, &step)) {
			errno = EBADMSG;
			give_up("understand a step");
		}
		if (!carry_out(&step, connection))
			return;
	}
}

void turn_down(int connection, int why)
{
	int output = memory_file(), errors = memory_file();

	errno = why;
	send_number(connection, (uint32_t)refuse(errors));
	send_file(connection, output);
	send_file(connection, errors);
	close(output);
	close(errors);
}
