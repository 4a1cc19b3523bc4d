/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PATH_H
#define UDPGEN_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "cgroup.h"
#include "engine.h"
#include "failure.h"
#include "flow-servers.h"
#include "path-frames.h"
#include "protocol.h"
#include "sink.h"
#include "tcp-pool.h"

/* Strings here and below are the command's. */
struct endpoint_plan {
	/* File of a server's namespace, NULL for udpgen's own. */
	const char *namespace;
	struct address address;
	/* Of a server whose packets may be taken before its stack; else its program is NULL. */
	struct sink_plan sink;
};

/* Where the ends of a path are, as the command says. */
struct path_plan {
	const char *name;
	const char *client_namespace;
	/* The folder of the cgroup that the client's sockets are opened in; NULL for udpgen's own. */
	const char *client_cgroup;
	uint32_t flows_count;
	uint32_t targets_count;
	uint32_t servers_count;
	struct endpoint_plan targets[TARGETS_MAX];
	struct endpoint_plan servers[SERVERS_MAX];
	/* Those that floods may be sent by. */
	bool engines[ENGINES];
	uint32_t pools_count;
	struct tcp_pool_plan pools[TCP_POOLS_MAX];
};

struct path {
	char name[64];
	uint32_t flows_count;
	uint32_t servers_count;
	/* Non-blocking sockets; a flow's is connected to its target. */
	int flows[FLOWS_MAX];
	int servers[SERVERS_MAX];
	/* Beside each server. */
	struct sink sinks[SERVERS_MAX];
	/* Packets of trials before this one are of no account. */
	uint32_t first_trial_id;
	/* The sender's, on a cache line of its own: see path_next_flow(). */
	_Alignas(64) uint32_t next_flow;
	/* The receiver's. */
	_Alignas(64) struct flow_servers flow_servers;
	struct cgroup cgroup;
	struct tcp_ends tcp;
	/* Those that floods may be sent by. */
	bool engines[ENGINES];
	struct path_frames frames;
};

/*
 * Opens all sockets, each in its namespace; the calling thread is back in its own after. On failure
 * nothing is left open.
 */
bool path_open(struct path *path, const struct path_plan *plan, struct failure *failure);

void path_close(struct path *path);

/* The path of this name among those that are open, or NULL. What fails from here on is about it. */
struct path *path_named(struct path *paths, size_t count, const char *name,
			struct failure *failure);

/* The only server with the target's address and port, from 1; 0 where there is none or more than one. */
uint8_t path_server_at(const struct path_plan *plan, const struct endpoint_plan *target);

/*
 * The flow whose turn it is. A trial goes on where the one before ended, so that short trials reach
 * every flow in the long run.
 */
static inline uint32_t path_next_flow(struct path *path)
{
	uint32_t flow = path->next_flow;

	path->next_flow = flow + 1 == path->flows_count ? 0 : flow + 1;
	return flow;
}

#endif
