// SPDX-License-Identifier: Apache-2.0
#include "tcp-ends.h"

#include <unistd.h>

#include "namespace.h"
#include "tcp-socket.h"

static bool listen_at(struct tcp_ends *ends, const struct endpoint_plan *server,
		      struct failure *failure)
{
	int own_namespace, listener;

	if (!enter_namespace(server->namespace, &own_namespace, failure))
		return false;
	listener = tcp_listen(&server->address, failure);
	leave_namespace(own_namespace);
	if (listener < 0)
		return false;
	ends->listeners[ends->listeners_count++] = listener;
	return true;
}

static void note_targets(struct tcp_ends *ends, const struct path_plan *plan)
{
	ends->targets_count = plan->targets_count;
	for (uint32_t i = 0; i < plan->targets_count; i++) {
		ends->targets[i] = plan->targets[i].address;
		ends->called[i] = path_server_at(plan, &plan->targets[i]);
	}
}

static void note_pools(struct tcp_ends *ends, const struct path_plan *plan)
{
	ends->pools_count = plan->pools_count;
	for (uint32_t i = 0; i < plan->pools_count; i++) {
		ends->pools[i].settings = plan->pools[i].settings;
		ends->pools[i].wanted = plan->pools[i].connections;
	}
}

bool tcp_ends_open(struct tcp_ends *ends, const struct path_plan *plan, const struct cgroup *cgroup,
		   struct failure *failure)
{
	ends->cgroup = cgroup;
	ends->client_namespace = -1;
	if (plan->pools_count == 0)
		return true;
	note_targets(ends, plan);
	note_pools(ends, plan);
	if (!open_namespace(plan->client_namespace, &ends->client_namespace, failure))
		return false;
	for (uint32_t i = 0; i < plan->servers_count; i++)
		if (!listen_at(ends, &plan->servers[i], failure))
			return false;
	return true;
}

void tcp_pool_close(struct tcp_pool *pool)
{
	for (uint32_t i = 0; i < pool->count; i++) {
		tcp_abort(pool->clients[i]);
		tcp_abort(pool->servers[i]);
	}
	pool->count = 0;
}

void tcp_ends_close(struct tcp_ends *ends)
{
	for (uint32_t i = 0; i < ends->pools_count; i++)
		tcp_pool_close(&ends->pools[i]);
	while (ends->listeners_count > 0)
		close(ends->listeners[--ends->listeners_count]);
	if (ends->pools_count > 0 && ends->client_namespace >= 0)
		close(ends->client_namespace);
	ends->pools_count = 0;
}

bool tcp_enter_client(const struct tcp_ends *ends, int *own_namespace, struct failure *failure)
{
	if (!enter_open_namespace(ends->client_namespace, "the client's", own_namespace, failure))
		return false;
	if (enter_cgroup(ends->cgroup, failure))
		return true;
	leave_namespace(*own_namespace);
	return false;
}

void tcp_leave_client(const struct tcp_ends *ends, int own_namespace)
{
	leave_cgroup(ends->cgroup);
	leave_namespace(own_namespace);
}
