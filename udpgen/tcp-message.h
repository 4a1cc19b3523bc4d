/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages of a known size on a TCP connection: a packet header, then the pattern. Each call does as much as
 * can be done at once; who calls says what to do when it was nothing.
 */
#ifndef UDPGEN_TCP_MESSAGE_H
#define UDPGEN_TCP_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "packet.h"
#include "protocol.h"

enum tcp_progress {
	/* Nothing moved. */
	TCP_STUCK,
	/* Some of it. */
	TCP_MOVED,
	/* All of it. */
	TCP_WHOLE,
	/* Nothing will any more: errno says why. EBADMSG where content was damaged. */
	TCP_DEAD,
};

struct tcp_outgoing {
	struct packet_header header;
	uint32_t bytes;
	uint32_t sent;
};

struct tcp_incoming {
	struct packet_header header;
	uint32_t bytes;
	uint32_t got;
	/* What comes is acknowledged at once. */
	bool quick_ack;
};

/* One for each thread. */
struct tcp_inbox {
	_Alignas(64) unsigned char bytes[TCP_MESSAGE_BYTES_MAX];
};

/* Seals the header and begins to send it. */
static inline void tcp_message_begin(struct tcp_outgoing *message, uint32_t bytes)
{
	message->header.seal = seal_of(&message->header);
	message->bytes = bytes;
	message->sent = 0;
}

static inline bool tcp_is_sent(const struct tcp_outgoing *message)
{
	return message->sent >= message->bytes;
}

enum tcp_progress tcp_message_send(int socket, struct tcp_outgoing *message);

/* Takes nothing beyond the message. Its header is for the caller to look at. */
enum tcp_progress tcp_message_receive(int socket, struct tcp_incoming *message,
				      struct tcp_inbox *inbox);

/* Whether what was received is this message of a trial, whole and undamaged. */
bool tcp_message_is(const struct tcp_incoming *message, enum packet_kind kind, uint32_t trial_id,
		    uint32_t connection);

#endif
