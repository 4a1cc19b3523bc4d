// SPDX-License-Identifier: Apache-2.0
#include "clients.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct client {
	uint32_t channel;
	int connection;
	enum answer_kind wants;
	bool is_open, is_input_ended, is_over;
	struct buffer said, answers;
	struct client *next;
};

static struct client *clients;
static uint32_t channels_given;

static struct client *client_of(uint32_t channel)
{
	for (struct client *one = clients; one; one = one->next)
		if (one->channel == channel)
			return one;
	return NULL;
}

/* Last, so that waits, which are made in this order, are those of the first. */
void add_client(int connection)
{
	struct client *client = calloc(1, sizeof(*client)), **place = &clients;

	if (!client) {
		close(connection);
		return;
	}
	client->channel = ++channels_given;
	client->connection = connection;
	while (*place)
		place = &(*place)->next;
	*place = client;
}

int add_client_waits(struct pollfd *waits, int most)
{
	int count = 0;

	for (struct client *one = clients; one && count < most; one = one->next) {
		short events = one->is_input_ended ? 0 : POLLIN;

		if (one->answers.length > 0)
			events |= POLLOUT;
		waits[count++] = (struct pollfd){ .fd = one->connection, .events = events };
	}
	return count;
}

static void request(const struct client *client, enum frame_kind kind, const char *bytes,
		    size_t length, struct buffer *requests)
{
	buffer_add_frame(requests, (struct frame){ .channel = client->channel,
						   .kind = kind,
						   .length = (uint32_t)length,
						   .bytes = bytes });
}

/* Opens the client's channel once it has said what for. */
static void open_channel(struct client *client, struct buffer *requests)
{
	struct frame said = { .length = (uint32_t)client->said.length,
			      .bytes = client->said.bytes };
	uint32_t wants, length;

	if (!take_number(&said, &wants) || !take_number(&said, &length) || said.length < length)
		return;
	client->wants = wants;
	client->is_open = true;
	request(client, frame_open, said.bytes, length, requests);
	buffer_drop(&client->said, 2 * sizeof(uint32_t) + length);
}

static void hear(struct client *client, struct buffer *requests)
{
	bool is_more = buffer_read(&client->said, client->connection);

	if (!client->is_open)
		open_channel(client, requests);
	if (client->is_open && client->said.length > 0) {
		request(client, frame_input, client->said.bytes, client->said.length, requests);
		buffer_drop(&client->said, client->said.length);
	}
	if (is_more)
		return;
	client->is_input_ended = true;
	if (client->is_open)
		request(client, frame_input_end, NULL, 0, requests);
	else
		client->is_over = true;
}

static void part_with(struct client *client)
{
	close(client->connection);
	buffer_free(&client->said);
	buffer_free(&client->answers);
	free(client);
}

/* Whether the client is gone, or has all that it came for. */
static bool is_served(struct client *client, short events, struct buffer *requests)
{
	bool is_gone = (events & (POLLHUP | POLLERR)) != 0;

	if (!is_gone && events & POLLIN && !client->is_input_ended)
		hear(client, requests);
	is_gone = !buffer_write(&client->answers, client->connection) || is_gone;
	if (is_gone && client->is_open && !client->is_over)
		request(client, frame_kill, NULL, 0, requests);
	return is_gone || (client->is_over && client->answers.length == 0);
}

void serve_clients(const struct pollfd *waits, int count, struct buffer *requests)
{
	struct client **place = &clients;

	for (int i = 0; i < count && *place; i++) {
		struct client *client = *place;

		if (is_served(client, waits[i].revents, requests)) {
			*place = client->next;
			part_with(client);
		} else {
			place = &client->next;
		}
	}
}

void answer_client(struct frame frame)
{
	struct client *client = client_of(frame.channel);

	if (!client)
		return;
	if (client->wants == answer_frames)
		buffer_add_frame(&client->answers, frame);
	else if (frame.kind == frame_output)
		buffer_add(&client->answers, frame.bytes, frame.length);
	client->is_over = client->is_over || frame.kind == frame_end;
}
