/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the virtual machine's first process. */
#pragma once

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#include "frame.h"

/* Mounts what a machine has, loads the modules of /modules in the order of their names, and sets the environment that
 * /environment tells. Ends the machine where it cannot. */
void set_up_guest(void);

/* Says on the console what could not be done, and ends the machine. */
_Noreturn void give_up(const char *what);

/* A channel: a command that runs, or a connection to the runner of steps. */
struct channel {
	uint32_t number;
	/* 0 where there is none, or it is buried. */
	pid_t command;
	/* -1 once closed. Of a connection input and output are the same. */
	int input, output, errors;
	struct buffer to_input;
	bool is_input_ended;
	uint32_t exit_code;
	struct channel *next;
};

/* Begins what a frame asks for; what cannot be started has ended at once, and says why. */
struct channel *begin_channel(struct frame frame, const char *steps_socket, struct buffer *answers);

/* Adds what is to be waited for of a channel. Returns how many. */
int add_waits(const struct channel *channel, bool may_read, struct pollfd *waits);

/* Moves what can be moved, and adds what there is to tell to the answers. */
void serve_channel(struct channel *channel, struct buffer *answers);

/* Notes how a command ended. */
void note_end(struct channel *channel, int status);

/* Whether nothing of it is left; then its end has been told, and it is freed. */
bool bury_channel(struct channel *channel, struct buffer *answers);
