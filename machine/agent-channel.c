// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"

enum {
	not_started = 126,
	not_found = 127
};

static void tell(const struct channel *channel, enum frame_kind kind, const char *bytes,
		 size_t length, struct buffer *answers)
{
	buffer_add_frame(answers, (struct frame){ .channel = channel->number,
						  .kind = kind,
						  .length = (uint32_t)length,
						  .bytes = bytes });
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof(address)))
		return -1;
	fcntl(connection, F_SETFL, O_NONBLOCK);
	return connection;
}

static _Noreturn void become(const char *network, char **words, int input, int output, int errors)
{
	sigset_t none;

	/* A session of its own, so that all of it can be killed. */
	setsid();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	dup2(input, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(errors, STDERR_FILENO);
	if (network[0]) {
		int file = open(network, O_RDONLY | O_CLOEXEC);

		if (file < 0 || setns(file, CLONE_NEWNET)) {
			fprintf(stderr, "could not enter %s: %s\n", network, strerror(errno));
			_exit(not_started);
		}
	}
	execvp(words[0], words);
	fprintf(stderr, "%s: %s\n", words[0], errno == ENOENT ? "not found" : strerror(errno));
	_exit(errno == ENOENT ? not_found : not_started);
}

/* Makes a pipe whose end `own` is ours, and does not wait. */
static bool make_pipe(int ends[2], int own)
{
	return pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[own], F_SETFL, O_NONBLOCK) == 0;
}

static bool start(struct channel *channel, const char *network, char **words)
{
	int input[2], output[2], errors[2];

	if (!make_pipe(input, 1) || !make_pipe(output, 0) || !make_pipe(errors, 0))
		return false;
	channel->command = fork();
	if (channel->command == 0)
		become(network, words, input[0], output[1], errors[1]);
	close(input[0]);
	close(output[1]);
	close(errors[1]);
	channel->input = input[1];
	channel->output = output[0];
	channel->errors = errors[0];
	return channel->command > 0;
}

/* The words of a command, of which there may be none; NULL where a frame holds something else. */
static char **take_words(struct frame *left)
{
	uint32_t count;
	char **words;

	if (!take_number(left, &count) || count > left->length)
		return NULL;
	words = calloc(count + 1, sizeof(*words));
	for (uint32_t i = 0; words && i < count; i++) {
		words[i] = take_text(left);
		if (!words[i])
			return NULL;
	}
	return words;
}

struct channel *begin_channel(struct frame frame, const char *steps_socket, struct buffer *answers)
{
	struct channel *channel = calloc(1, sizeof(*channel));
	char *network = take_text(&frame);
	char **words = network ? take_words(&frame) : NULL;
	bool is_begun = false;

	if (!channel)
		give_up("get memory for a command");
	channel->number = frame.channel;
	channel->input = channel->output = channel->errors = -1;
	errno = EBADMSG;
	if (words && !words[0]) {
		channel->input = channel->output = connect_to(steps_socket);
		is_begun = channel->input >= 0;
	} else if (words) {
		is_begun = start(channel, network, words);
	}
	if (!is_begun) {
		const char *why = strerror(errno);

		channel->command = 0;
		channel->exit_code = not_started;
		tell(channel, frame_errors, why, strlen(why), answers);
	}
	for (char **word = words; word && *word; word++)
		free(*word);
	free(words);
	free(network);
	return channel;
}

int add_waits(const struct channel *channel, bool may_read, struct pollfd *waits)
{
	int count = 0;

	if (channel->input >= 0 && channel->to_input.length > 0)
		waits[count++] = (struct pollfd){ .fd = channel->input, .events = POLLOUT };
	if (channel->output >= 0 && may_read)
		waits[count++] = (struct pollfd){ .fd = channel->output, .events = POLLIN };
	if (channel->errors >= 0 && may_read)
		waits[count++] = (struct pollfd){ .fd = channel->errors, .events = POLLIN };
	return count;
}

/* Closes one of a channel's files, which may be the other, too. */
static void end_file(struct channel *channel, int *file)
{
	int ended = *file;

	if (ended < 0)
		return;
	close(ended);
	if (channel->input == ended)
		channel->input = -1;
	if (channel->output == ended)
		channel->output = -1;
	*file = -1;
}

static void hand_out(struct channel *channel, int *file, enum frame_kind kind,
		     struct buffer *answers)
{
	struct buffer got = { 0 };
	bool is_open;

	if (*file < 0)
		return;
	is_open = buffer_read(&got, *file);
	if (got.length > 0)
		tell(channel, kind, got.bytes, got.length, answers);
	buffer_free(&got);
	if (!is_open)
		end_file(channel, file);
}

static void hand_in(struct channel *channel)
{
	if (channel->input < 0)
		return;
	if (!buffer_write(&channel->to_input, channel->input))
		end_file(channel, &channel->input);
	else if (channel->is_input_ended && channel->to_input.length == 0) {
		channel->is_input_ended = false;
		if (channel->input == channel->output)
			shutdown(channel->input, SHUT_WR);
		else
			end_file(channel, &channel->input);
	}
}

void serve_channel(struct channel *channel, struct buffer *answers)
{
	hand_in(channel);
	hand_out(channel, &channel->output, frame_output, answers);
	hand_out(channel, &channel->errors, frame_errors, answers);
}

void note_end(struct channel *channel, int status)
{
	channel->command = 0;
	channel->exit_code =
		(uint32_t)(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

bool bury_channel(struct channel *channel, struct buffer *answers)
{
	struct buffer code = { 0 };

	if (channel->command > 0 || channel->output >= 0 || channel->errors >= 0)
		return false;
	buffer_add_number(&code, channel->exit_code);
	tell(channel, frame_end, code.bytes, code.length, answers);
	buffer_free(&code);
	end_file(channel, &channel->input);
	buffer_free(&channel->to_input);
	free(channel);
	return true;
}
