// SPDX-License-Identifier: Apache-2.0
#include "path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "namespace.h"
#include "udp-socket.h"

static const char *place(const char *namespace)
{
	return namespace ? namespace : "udpgen's own namespace";
}

/* A server's socket or −1, in the namespace of the calling thread. */
static int open_server(const struct endpoint_plan *plan, const struct address *address,
		       struct failure *failure)
{
	int socket = udp_socket_open(address, failure);

	if (socket < 0 ||
	    bind(socket, (const struct sockaddr *)&address->storage, address->bytes) == 0)
		return socket;
	fail(failure, "could not bind %s:%u in %s: %s", plan->address, plan->port,
	     place(plan->namespace), strerror(errno));
	close(socket);
	return -1;
}

static bool open_servers(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	for (; path->servers_count < plan->servers_count; path->servers_count++) {
		const struct endpoint_plan *server = &plan->servers[path->servers_count];
		int *socket = &path->servers[path->servers_count];
		struct address address;
		int own_namespace;

		if (!address_parse(&address, server->address, server->port, "server", failure) ||
		    !enter_namespace(server->namespace, &own_namespace, failure))
			return false;
		*socket = open_server(server, &address, failure);
		leave_namespace(own_namespace);
		if (*socket < 0)
			return false;
	}
	return true;
}

/* A flow's socket or −1, in the namespace of the calling thread. */
static int open_flow(const struct path_plan *plan, uint32_t flow, const struct address *address,
		     struct failure *failure)
{
	const struct endpoint_plan *target = &plan->targets[flow % plan->targets_count];
	int socket = udp_socket_open(address, failure);

	/* Connected, so that the route is looked up once and strangers' packets are refused. */
	if (socket < 0 ||
	    connect(socket, (const struct sockaddr *)&address->storage, address->bytes) == 0)
		return socket;
	fail(failure, "could not connect to %s:%u from %s: %s", target->address, target->port,
	     place(plan->client_namespace), strerror(errno));
	close(socket);
	return -1;
}

static bool open_flows(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	struct address targets[TARGETS_MAX];
	int own_namespace, socket = 0;

	for (uint32_t i = 0; i < plan->targets_count; i++)
		if (!address_parse(&targets[i], plan->targets[i].address, plan->targets[i].port,
				   "target", failure))
			return false;
	/* Once for all: entering a namespace costs more than a socket. */
	if (!enter_namespace(plan->client_namespace, &own_namespace, failure))
		return false;
	while (socket >= 0 && path->flows_count < plan->flows_count) {
		uint32_t flow = path->flows_count;

		socket = open_flow(plan, flow, &targets[flow % plan->targets_count], failure);
		if (socket >= 0)
			path->flows[path->flows_count++] = socket;
	}
	leave_namespace(own_namespace);
	return socket >= 0;
}

/* The only server with this address and port, from 1; 0 where there is none or more than one. */
static uint8_t server_at(const struct path_plan *plan, const struct endpoint_plan *target)
{
	uint8_t found = 0;

	for (uint32_t i = 0; i < plan->servers_count; i++) {
		const struct endpoint_plan *server = &plan->servers[i];

		if (server->port != target->port || strcmp(server->address, target->address) != 0)
			continue;
		if (found)
			return 0;
		found = (uint8_t)(i + 1);
	}
	return found;
}

static void note_called_servers(struct path *path, const struct path_plan *plan)
{
	for (uint32_t flow = 0; flow < path->flows_count; flow++)
		path->flow_servers.called[flow] =
			server_at(plan, &plan->targets[flow % plan->targets_count]);
}

bool path_open(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	memset(path, 0, sizeof(*path));
	snprintf(path->name, sizeof(path->name), "%s", plan->name);
	if (open_servers(path, plan, failure) && open_flows(path, plan, failure)) {
		note_called_servers(path, plan);
		return true;
	}
	path_close(path);
	return false;
}

void path_close(struct path *path)
{
	while (path->flows_count > 0)
		close(path->flows[--path->flows_count]);
	while (path->servers_count > 0)
		close(path->servers[--path->servers_count]);
}
