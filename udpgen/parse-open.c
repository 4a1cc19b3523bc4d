// SPDX-License-Identifier: Apache-2.0
#include "parse-open.h"

#include <sched.h>
#include <string.h>

static bool parse_namespace(const char **namespace, json_t *value, const char *end,
			    struct failure *failure)
{
	if (value && !json_is_null(value) && !json_is_string(value))
		return fail(failure, "%s.namespace is neither a file name nor null", end);
	*namespace = json_string_value(value);
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
	json_t *client_namespace = NULL, *server_namespace = NULL;
	json_int_t port;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s?{s?o}, s:{s?o, s:s, s:I}}", "name",
			   &path->name, "client", "namespace", &client_namespace, "server",
			   "namespace", &server_namespace, "address", &path->server_address, "port",
			   &port))
		return fail(failure, "paths[%zu]: %s", plan->paths_count, error.text);
	fail_on_path(failure, path->name);
	if (path->name[0] == '\0' || strlen(path->name) >= sizeof(((struct path *)0)->name))
		return fail(failure, "path name \"%s\" is empty or too long", path->name);
	if (is_name_taken(plan, path->name))
		return fail(failure, "path \"%s\" is there twice", path->name);
	if (port < 1 || port > 65535)
		return fail(failure, "port is %lld, expected 1 to 65535", (long long)port);
	path->server_port = (uint16_t)port;
	plan->paths_count++;
	return parse_namespace(&path->client_namespace, client_namespace, "client", failure) &&
	       parse_namespace(&path->server_namespace, server_namespace, "server", failure);
}

static bool parse_cpu(int *cpu, json_int_t value, const char *name, struct failure *failure)
{
	if (value < 0 || value >= CPU_SETSIZE)
		return fail(failure, "%s is %lld, expected 0 to %d", name, (long long)value,
			    CPU_SETSIZE - 1);
	*cpu = (int)value;
	return true;
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

bool parse_open(struct open_plan *plan, json_t *command, struct failure *failure)
{
	const char *name, *receiver;
	json_int_t sender_cpu, receiver_cpu;
	json_t *paths, *value;
	json_error_t error;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:I, s:I, s:s, s:o}", "command",
			   &name, "senderCpu", &sender_cpu, "receiverCpu", &receiver_cpu,
			   "receiver", &receiver, "paths", &paths))
		return fail(failure, "%s", error.text);
	if (!parse_cpu(&plan->sender_cpu, sender_cpu, "senderCpu", failure) ||
	    !parse_cpu(&plan->receiver_cpu, receiver_cpu, "receiverCpu", failure) ||
	    !parse_receiver(plan, receiver, failure))
		return false;
	if (json_array_size(paths) < 1 || json_array_size(paths) > PATHS_MAX)
		return fail(failure, "paths is not a list of 1 to %d", PATHS_MAX);
	json_array_foreach (paths, i, value)
		if (!parse_path(plan, value, failure))
			return false;
	fail_on_path(failure, "");
	return true;
}
