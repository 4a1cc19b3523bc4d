// SPDX-License-Identifier: Apache-2.0
#include "tcp-message.h"

#include <errno.h>
#include <sys/socket.h>

#include "stream-pattern.h"
#include "tcp-socket.h"

#define HEADER_BYTES ((uint32_t)sizeof(struct packet_header))

static bool is_refused_for_now(void)
{
	return errno == EAGAIN || errno == EINTR;
}

/* What is left of the message, in up to two parts. */
static int parts_left(struct tcp_outgoing *message, struct iovec parts[2])
{
	uint32_t from = message->sent < HEADER_BYTES ? HEADER_BYTES : message->sent;
	int count = 0;

	if (message->sent < HEADER_BYTES)
		parts[count++] = (struct iovec){
			.iov_base = (unsigned char *)&message->header + message->sent,
			.iov_len = HEADER_BYTES - message->sent,
		};
	if (from < message->bytes)
		parts[count++] = (struct iovec){
			.iov_base = (void *)stream_at(from),
			.iov_len = message->bytes - from,
		};
	return count;
}

enum tcp_progress tcp_message_send(int socket, struct tcp_outgoing *message)
{
	struct iovec parts[2];
	struct msghdr call = { .msg_iov = parts };
	ssize_t sent;

	call.msg_iovlen = (size_t)parts_left(message, parts);
	sent = sendmsg(socket, &call, MSG_NOSIGNAL);
	if (sent < 0)
		return is_refused_for_now() ? TCP_STUCK : TCP_DEAD;
	message->sent += (uint32_t)sent;
	return tcp_is_sent(message) ? TCP_WHOLE : TCP_MOVED;
}

/* Puts what came where it belongs. False if it is not what was sent. */
static bool take(struct tcp_incoming *message, const unsigned char *data, uint32_t bytes)
{
	uint32_t of_header = 0;

	if (message->got < HEADER_BYTES) {
		of_header = HEADER_BYTES - message->got;
		if (of_header > bytes)
			of_header = bytes;
		memcpy((unsigned char *)&message->header + message->got, data, of_header);
		message->got += of_header;
	}
	if (!stream_matches(data + of_header, bytes - of_header, message->got))
		return false;
	message->got += bytes - of_header;
	return true;
}

enum tcp_progress tcp_message_receive(int socket, struct tcp_incoming *message,
				      struct tcp_inbox *inbox)
{
	ssize_t bytes = recv(socket, inbox->bytes, message->bytes - message->got, 0);

	if (bytes < 0)
		return is_refused_for_now() ? TCP_STUCK : TCP_DEAD;
	if (bytes == 0) {
		errno = EPIPE;
		return TCP_DEAD;
	}
	tcp_received(socket, message->quick_ack);
	if (!take(message, inbox->bytes, (uint32_t)bytes)) {
		errno = EBADMSG;
		return TCP_DEAD;
	}
	return message->got == message->bytes ? TCP_WHOLE : TCP_MOVED;
}

bool tcp_message_is(const struct tcp_incoming *message, enum packet_kind kind, uint32_t trial_id,
		    uint32_t connection)
{
	const struct packet_header *header = &message->header;

	return header->seal == seal_of(header) && header->kind == kind &&
	       header->trial_id == trial_id && header->flow == connection;
}
