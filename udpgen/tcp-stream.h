/* SPDX-License-Identifier: Apache-2.0 */
/* What both sides of a stream's trial agree on. */
#ifndef UDPGEN_TCP_STREAM_H
#define UDPGEN_TCP_STREAM_H

#include "trial.h"

/* The sockets that send: the clients' or, where the stream comes down to them, the servers'. */
static inline const int *stream_senders(const struct trial *trial)
{
	return trial->tcp.is_down ? trial->tcp.pool->servers : trial->tcp.pool->clients;
}

static inline const int *stream_receivers(const struct trial *trial)
{
	return trial->tcp.is_down ? trial->tcp.pool->clients : trial->tcp.pool->servers;
}

/* A connection's bytes of the trial: the first ones carry what does not divide. */
static inline uint64_t stream_share(const struct trial *trial, uint32_t connection)
{
	uint64_t count = trial->tcp.pool->count;

	return trial->tcp.bytes / count + (connection < trial->tcp.bytes % count);
}

/* Where in the pattern a connection's bytes begin: other trials' and other connections' do not match. */
static inline uint64_t stream_base(const struct trial *trial, uint32_t connection)
{
	return (uint64_t)trial->id * 7919 + (uint64_t)connection * 104729;
}

#endif
