// SPDX-License-Identifier: Apache-2.0
#include "path.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "namespace.h"
#include "tcp-ends.h"
#include "udp-socket.h"

static const char *place(const char *namespace)
{
	return namespace ? namespace : "udpgen's own namespace";
}

/* A server's socket or −1, in the namespace of the calling thread. */
static int open_server(const struct endpoint_plan *plan, struct failure *failure)
{
	int socket = udp_socket_open(&plan->address, failure);
	char text[ADDRESS_TEXT_BYTES];

	if (socket < 0 || address_bind(socket, &plan->address))
		return socket;
	fail(failure, "could not bind %s in %s: %s", address_text(&plan->address, text),
	     place(plan->namespace), strerror(errno));
	close(socket);
	return -1;
}

static bool open_servers(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	for (; path->servers_count < plan->servers_count; path->servers_count++) {
		const struct endpoint_plan *server = &plan->servers[path->servers_count];
		int *socket = &path->servers[path->servers_count];
		int own_namespace;
		bool is_open;

		if (!enter_namespace(server->namespace, &own_namespace, failure))
			return false;
		*socket = open_server(server, failure);
		is_open = *socket >= 0 && sink_open(&path->sinks[path->servers_count],
						    &server->sink, &server->address, failure);
		leave_namespace(own_namespace);
		if (!is_open) {
			if (*socket >= 0)
				close(*socket);
			return false;
		}
	}
	return true;
}

/* A flow's socket or −1, in the namespace of the calling thread. */
static int open_flow(const struct path_plan *plan, uint32_t flow, struct failure *failure)
{
	const struct address *target = &plan->targets[flow % plan->targets_count].address;
	int socket = udp_socket_open(target, failure);
	char text[ADDRESS_TEXT_BYTES];

	/* Connected, so that the route is looked up once and strangers' packets are refused. */
	if (socket < 0 || address_connect(socket, target))
		return socket;
	fail(failure, "could not connect to %s from %s: %s", address_text(target, text),
	     place(plan->client_namespace), strerror(errno));
	close(socket);
	return -1;
}

static bool open_flows(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	int own_namespace, socket = 0;

	/* Once for all: entering a namespace costs more than a socket. */
	if (!enter_namespace(plan->client_namespace, &own_namespace, failure))
		return false;
	if (!enter_cgroup(&path->cgroup, failure)) {
		leave_namespace(own_namespace);
		return false;
	}
	while (socket >= 0 && path->flows_count < plan->flows_count) {
		socket = open_flow(plan, path->flows_count, failure);
		if (socket >= 0)
			path->flows[path->flows_count++] = socket;
	}
	leave_cgroup(&path->cgroup);
	leave_namespace(own_namespace);
	return socket >= 0;
}

uint8_t path_server_at(const struct path_plan *plan, const struct endpoint_plan *target)
{
	uint8_t found = 0;

	for (uint32_t i = 0; i < plan->servers_count; i++) {
		if (!address_equals(&plan->servers[i].address, &target->address))
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
			path_server_at(plan, &plan->targets[flow % plan->targets_count]);
}

bool path_open(struct path *path, const struct path_plan *plan, struct failure *failure)
{
	memset(path, 0, sizeof(*path));
	snprintf(path->name, sizeof(path->name), "%s", plan->name);
	memcpy(path->engines, plan->engines, sizeof(path->engines));
	if (open_cgroup(plan->client_cgroup, &path->cgroup, failure) &&
	    open_servers(path, plan, failure) && open_flows(path, plan, failure) &&
	    path_frames_open(&path->frames, plan, failure) &&
	    tcp_ends_open(&path->tcp, plan, &path->cgroup, failure)) {
		note_called_servers(path, plan);
		return true;
	}
	path_close(path);
	return false;
}

struct path *path_named(struct path *paths, size_t count, const char *name, struct failure *failure)
{
	fail_on_path(failure, name);
	for (size_t i = 0; i < count; i++)
		if (strcmp(paths[i].name, name) == 0)
			return &paths[i];
	fail(failure, "path \"%s\" is not open%s", name, count == 0 ? ": no path is" : "");
	return NULL;
}

void path_close(struct path *path)
{
	while (path->flows_count > 0)
		close(path->flows[--path->flows_count]);
	while (path->servers_count > 0) {
		close(path->servers[--path->servers_count]);
		sink_close(&path->sinks[path->servers_count]);
	}
	path_frames_close(&path->frames);
	tcp_ends_close(&path->tcp);
	close_cgroup(&path->cgroup);
}
