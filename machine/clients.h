/* SPDX-License-Identifier: Apache-2.0 */
/* Who has something done in a virtual machine. A client says which answer it wants (a number, enum answer_kind), and the
 * bytes of a frame_open after their length; what follows is input. */
#pragma once

#include <poll.h>

#include "frame.h"

void add_client(int connection);

/* Adds a wait for each. Returns how many. */
int add_client_waits(struct pollfd *waits, int most);

/* Takes what clients have to say to the guest; those that went have their commands killed. `waits` are those of before. */
void serve_clients(const struct pollfd *waits, int count, struct buffer *requests);

/* Hands a frame of the guest to the client that it is for. */
void answer_client(struct frame frame);
