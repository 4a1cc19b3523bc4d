/* SPDX-License-Identifier: Apache-2.0 */
/* TCP connections of a path: they stay open from trial to trial, each end a socket of this process. */
#ifndef UDPGEN_TCP_POOL_H
#define UDPGEN_TCP_POOL_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "cgroup.h"
#include "protocol.h"

/* Of every socket of a pool, at either end. */
struct tcp_settings {
	/* "" for the namespace's own. */
	char congestion[16];
	/* 0 for what the route has. */
	uint32_t mss_bytes;
	uint32_t busy_poll_us;
	/* Sends small pieces at once (RFC 1122, 4.2.3.4 is off). */
	bool no_delay;
	/* Acknowledges at once (RFC 1122, 4.2.3.2 is off). */
	bool quick_ack;
	/* Streams are sent without a copy (SO_ZEROCOPY). */
	bool zerocopy;
};

struct tcp_pool_plan {
	struct tcp_settings settings;
	/* 0 where every trial opens its own. */
	uint32_t connections;
};

/* Connections that are alike. Sockets that are not open are −1. */
struct tcp_pool {
	struct tcp_settings settings;
	/* How many there are to be, and how many are open at both ends: all or, after a failure, none. */
	uint32_t wanted;
	uint32_t count;
	int clients[TCP_CONNECTIONS_MAX];
	int servers[TCP_CONNECTIONS_MAX];
	/* The server that each came out at. */
	uint8_t server_of[TCP_CONNECTIONS_MAX];
};

/* Both ends of a path, where it has pools. */
struct tcp_ends {
	/* Of the client, for connections that are opened later; −1 where it is udpgen's own. */
	int client_namespace;
	/* The path's own. */
	const struct cgroup *cgroup;
	uint32_t targets_count;
	uint32_t listeners_count;
	uint32_t pools_count;
	/* Whose turn it is to be called, by connections that are opened in trials. */
	uint32_t next_target;
	struct address targets[TARGETS_MAX];
	/* The server whose own address a target is, from 1; 0 where it is a service's. */
	uint8_t called[TARGETS_MAX];
	int listeners[SERVERS_MAX];
	struct tcp_pool pools[TCP_POOLS_MAX];
};

/* ENOTCONN where connections of the pool are not there, else 0. */
static inline int tcp_pool_error(const struct tcp_pool *pool)
{
	return pool->count < pool->wanted ? ENOTCONN : 0;
}

/* Closes the connections of a pool. */
void tcp_pool_close(struct tcp_pool *pool);

#endif
