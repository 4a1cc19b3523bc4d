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
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct step {
	uint32_t limit_s;
	char *network;
	const char *input;
	uint32_t input_length;
	char **words;
};

/* What is left of a list. */
struct list {
	const char *at;
	size_t left;
};

enum {
	not_found = 127,
	not_started = 126,
	given_up = -1
};

/* A tool that stands still is seen by this many looks, a second each. */
enum {
	looks_stopped = 6
};

static void give_up(const char *what)
{
	fprintf(stderr, "runner: could not %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static int take_number(struct list *list, uint32_t *number)
{
	if (list->left < sizeof(*number))
		return 0;
	memcpy(number, list->at, sizeof(*number));
	*number = ntohl(*number);
	list->at += sizeof(*number);
	list->left -= sizeof(*number);
	return 1;
}

static const char *take_text(struct list *list, uint32_t *length)
{
	const char *text;

	if (!take_number(list, length) || list->left < *length)
		return NULL;
	text = list->at;
	list->at += *length;
	list->left -= *length;
	return text;
}

/* A text as a string; with a NUL inside it would be another. */
static char *take_string(struct list *list)
{
	uint32_t length;
	const char *text = take_text(list, &length);

	return text && !memchr(text, '\0', length) ? strndup(text, length) : NULL;
}

static int take_step(struct list *list, struct step *step)
{
	uint32_t count;

	if (!take_number(list, &step->limit_s))
		return 0;
	step->network = take_string(list);
	step->input = take_text(list, &step->input_length);
	if (!step->network || !step->input || !take_number(list, &count) || count == 0 ||
	    count > list->left)
		return 0;
	step->words = calloc(count + 1, sizeof(*step->words));
	if (!step->words)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		step->words[i] = take_string(list);
		if (!step->words[i])
			return 0;
	}
	return 1;
}

static int memory_file(void)
{
	int file = memfd_create("step", MFD_CLOEXEC);

	if (file < 0)
		give_up("get memory for a step");
	return file;
}

static void write_all(int file, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t written = write(file, at, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			give_up("write");
		at += written;
		length -= (size_t)written;
	}
}

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

static void send_number(int connection, uint32_t number)
{
	number = htonl(number);
	write_all(connection, &number, sizeof(number));
}

/* Sends what a file in memory holds, as a text. */
static void send_file(int connection, int file)
{
	struct stat status;
	off_t from = 0;
	uint32_t length;

	if (fstat(file, &status))
		give_up("read what a tool wrote");
	length = (uint32_t)status.st_size;
	send_number(connection, length);
	while (from < length)
		if (sendfile(connection, file, &from, length - (size_t)from) <= 0)
			give_up("send what a tool wrote");
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
	tool = fork();
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

static void serve(struct list list, int connection)
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

/* Answers a list whose first step's process could not be made. */
static void turn_down(int connection, int why)
{
	int output = memory_file(), errors = memory_file();

	errno = why;
	send_number(connection, (uint32_t)refuse(errors));
	send_file(connection, output);
	send_file(connection, errors);
	close(output);
	close(errors);
}

/* Of frames, so that answers do not mix: a file in memory that all lock. */
static int frame_lock;

static void lock_frames(short how)
{
	struct flock lock = { .l_type = how, .l_whence = SEEK_SET };

	while (fcntl(frame_lock, F_SETLKW, &lock) && errno == EINTR)
		continue;
}

/* What a file in memory holds, in a frame. */
static void answer_frame(uint32_t number, int file)
{
	struct stat status;
	off_t from = 0;

	if (fstat(file, &status))
		give_up("read an answer");
	lock_frames(F_WRLCK);
	send_number(STDOUT_FILENO, (uint32_t)(sizeof(number) + (size_t)status.st_size));
	send_number(STDOUT_FILENO, number);
	while (from < status.st_size)
		if (sendfile(STDOUT_FILENO, file, &from, (size_t)(status.st_size - from)) <= 0)
			give_up("send an answer");
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

static void take_frame(int patience_ms)
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
		frame_lock = memory_file();
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
