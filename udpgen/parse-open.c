// SPDX-License-Identifier: Apache-2.0
#include "parse-open.h"

#include <sched.h>
#include <string.h>

#include "fields.h"
#include "parse-tcp-pools.h"

static bool parse_target(struct endpoint_plan *target, json_t *value, struct failure *failure)
{
	const char *address;
	json_int_t port;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:I}", "address", &address, "port",
			   &port))
		return fail(failure, "%s", error.text);
	return check_range(port, "port", 1, 65535, failure) &&
	       address_parse(&target->address, address, (uint16_t)port, "target", failure);
}

static bool parse_server(struct endpoint_plan *server, json_t *value, struct failure *failure)
{
	const char *address;
	json_t *namespace = NULL;
	json_int_t port;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s?o, s:s, s:I, s?{s:s, s:s, s:s}}",
			   "namespace", &namespace, "address", &address, "port", &port, "sink",
			   "program", &server->sink.program, "orders", &server->sink.orders,
			   "queue", &server->sink.queue))
		return fail(failure, "%s", error.text);
	return check_range(port, "port", 1, 65535, failure) &&
	       address_parse(&server->address, address, (uint16_t)port, "server", failure) &&
	       parse_namespace(&server->namespace, namespace, failure);
}

/* A path's targets or servers: how many, each read by `parse`. */
static bool parse_endpoints(struct endpoint_plan *endpoints, uint32_t *count, json_t *list,
			    const char *name, size_t most,
			    bool (*parse)(struct endpoint_plan *, json_t *, struct failure *),
			    struct failure *failure)
{
	json_t *value;
	size_t i;

	if (json_array_size(list) < 1 || json_array_size(list) > most)
		return fail(failure, "%s is not a list of 1 to %zu", name, most);
	json_array_foreach (list, i, value) {
		struct failure cause = { 0 };

		if (!parse(&endpoints[i], value, &cause))
			return fail(failure, "%s[%zu]: %s", name, i, cause.message);
	}
	*count = (uint32_t)i;
	return true;
}

/* The engines that a path names, and sockets, which every path has. */
static bool parse_engines(struct path_plan *path, const json_t *list, struct failure *failure)
{
	json_t *value;
	size_t i;

	path->engines[ENGINE_SOCKET] = true;
	if (list && !json_is_array(list))
		return fail(failure, "engines is not a list");
	json_array_foreach (list, i, value) {
		const char *name = json_string_value(value);
		enum engine engine;

		if (!name)
			return fail(failure, "engines[%zu] is not a string", i);
		if (!engine_named(name, &engine, failure))
			return false;
		path->engines[engine] = true;
	}
	return true;
}

static bool is_name_taken(const struct open_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->paths_count; i++)
		if (strcmp(plan->paths[i].name, name) == 0)
			return true;
	return false;
}

static bool parse_path(struct open_plan *plan, json_t *value, struct failure *failure)
{
	struct path_plan *path = &plan->paths[plan->paths_count];
	json_t *namespace = NULL, *targets, *servers, *tcp = NULL, *engines = NULL;
	json_int_t flows;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT,
			   "{s:s, s:{s?o, s:I, s?s}, s:o, s:o, s?o, s?o}", "name", &path->name,
			   "client", "namespace", &namespace, "flows", &flows, "cgroup",
			   &path->client_cgroup, "targets", &targets, "servers", &servers, "tcp",
			   &tcp, "engines", &engines))
		return fail(failure, "paths[%zu]: %s", plan->paths_count, error.text);
	fail_on_path(failure, path->name);
	if (path->name[0] == '\0' || strlen(path->name) >= sizeof(((struct path *)0)->name))
		return fail(failure, "path name \"%s\" is empty or too long", path->name);
	if (is_name_taken(plan, path->name))
		return fail(failure, "path \"%s\" is there twice", path->name);
	if (!check_range(flows, "flows", 1, FLOWS_MAX, failure))
		return false;
	path->flows_count = (uint32_t)flows;
	plan->paths_count++;
	return parse_namespace(&path->client_namespace, namespace, failure) &&
	       parse_endpoints(path->targets, &path->targets_count, targets, "targets", TARGETS_MAX,
			       parse_target, failure) &&
	       parse_endpoints(path->servers, &path->servers_count, servers, "servers", SERVERS_MAX,
			       parse_server, failure) &&
	       parse_tcp_pools(path, tcp, failure) && parse_engines(path, engines, failure);
}

static bool parse_cpu(int *cpu, json_int_t value, const char *name, struct failure *failure)
{
	*cpu = (int)value;
	return check_range(value, name, 0, CPU_SETSIZE - 1, failure);
}

static bool parse_receiver(struct open_plan *plan, const char *receiver, struct failure *failure)
{
	plan->blocking = strcmp(receiver, "blocking") == 0;
	if (!plan->blocking && strcmp(receiver, "spinning") != 0)
		return fail(failure, "receiver is \"%s\", expected \"spinning\" or \"blocking\"",
			    receiver);
	if (!plan->blocking && plan->sender_cpu == plan->receiver_cpu)
		return fail(
			failure,
			"senderCpu and receiverCpu are both %d: a spinning receiver would keep the "
			"sender off its CPU; use two CPUs, or \"receiver\": \"blocking\"",
			plan->sender_cpu);
	return true;
}

/* The pins of the program that sends whole frames, and of its map. */
static bool parse_live_frames(struct open_plan *plan, json_t *value, struct failure *failure)
{
	json_error_t error;

	if (value && json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:s}", "program",
				    &plan->live_program, "map", &plan->live_map))
		return fail(failure, "liveFrames: %s", error.text);
	return true;
}

/* Of the path that was read last. */
static bool check_engines(const struct open_plan *plan, struct failure *failure)
{
	return plan->live_program || !plan->paths[plan->paths_count - 1].engines[ENGINE_XDP] ||
	       fail(failure, "engine xdp needs liveFrames, the pins of its program and map");
}

bool parse_open(struct open_plan *plan, json_t *command, struct failure *failure)
{
	const char *name, *receiver;
	json_int_t sender_cpu, receiver_cpu;
	json_t *paths, *value, *live_frames = NULL;
	json_error_t error;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:I, s:I, s:s, s:o, s?o}",
			   "command", &name, "senderCpu", &sender_cpu, "receiverCpu", &receiver_cpu,
			   "receiver", &receiver, "paths", &paths, "liveFrames", &live_frames))
		return fail(failure, "%s", error.text);
	if (!parse_cpu(&plan->sender_cpu, sender_cpu, "senderCpu", failure) ||
	    !parse_cpu(&plan->receiver_cpu, receiver_cpu, "receiverCpu", failure) ||
	    !parse_receiver(plan, receiver, failure) ||
	    !parse_live_frames(plan, live_frames, failure))
		return false;
	if (json_array_size(paths) < 1 || json_array_size(paths) > PATHS_MAX)
		return fail(failure, "paths is not a list of 1 to %d", PATHS_MAX);
	json_array_foreach (paths, i, value)
		if (!parse_path(plan, value, failure) || !check_engines(plan, failure))
			return false;
	fail_on_path(failure, "");
	return true;
}
