// SPDX-License-Identifier: Apache-2.0
#include "parse-fetch.h"

#include <string.h>

#include "fields.h"

static bool parse_servers(struct fetch_plan *plan, json_t *list, struct failure *failure)
{
	json_t *value;
	size_t i;

	if (json_array_size(list) < 1 || json_array_size(list) > SERVERS_MAX)
		return fail(failure, "servers is not a list of 1 to %d", SERVERS_MAX);
	json_array_foreach (list, i, value) {
		plan->servers[i] = json_string_value(value);
		if (!plan->servers[i])
			return fail(failure, "servers[%zu] is not a string", i);
	}
	plan->servers_count = (uint32_t)i;
	return true;
}

static bool parse_target(struct fetch_target *target, json_t *value, uint32_t servers_count,
			 struct failure *failure)
{
	/* That it is not there says that none is called by its own address. */
	json_int_t port, server = -1;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:s, s:I, s?I}", "address",
			   &target->address, "port", &port, "server", &server))
		return fail(failure, "%s", error.text);
	target->port = (uint16_t)port;
	target->server = (uint32_t)(server + 1);
	return check_range(port, "port", 1, 65535, failure) &&
	       check_range(server, "server", -1, (json_int_t)servers_count - 1, failure);
}

static bool parse_targets(struct fetch_plan *plan, json_t *list, struct failure *failure)
{
	json_t *value;
	size_t i;

	if (json_array_size(list) < 1 || json_array_size(list) > TARGETS_MAX)
		return fail(failure, "targets is not a list of 1 to %d", TARGETS_MAX);
	json_array_foreach (list, i, value) {
		struct failure cause = { 0 };

		if (!parse_target(&plan->targets[i], value, plan->servers_count, &cause))
			return fail(failure, "targets[%zu]: %s", i, cause.message);
	}
	plan->targets_count = (uint32_t)i;
	return true;
}

bool parse_fetch(struct fetch_plan *plan, json_t *command, struct failure *failure)
{
	json_t *namespace = NULL, *targets, *servers;
	json_int_t connections, requests, timeout_ns;
	json_error_t error;
	const char *name;

	memset(plan, 0, sizeof(*plan));
	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s?o, s:s, s:o, s:o, s:I, s:I, s:I}",
			   "command", &name, "namespace", &namespace, "page", &plan->page,
			   "servers", &servers, "targets", &targets, "connections", &connections,
			   "requests", &requests, "timeoutNs", &timeout_ns))
		return fail(failure, "%s", error.text);
	if (plan->page[0] != '/' || strlen(plan->page) > FETCH_PAGE_BYTES_MAX)
		return fail(failure, "page is \"%.40s\", expected \"/\" and up to %d bytes more",
			    plan->page, FETCH_PAGE_BYTES_MAX - 1);
	if (!parse_namespace(&plan->namespace, namespace, failure) ||
	    !parse_servers(plan, servers, failure) || !parse_targets(plan, targets, failure) ||
	    !check_range(connections, "connections", 1, CONNECTIONS_MAX, failure) ||
	    !check_range(requests, "requests", 1, FETCHES_MAX, failure) ||
	    !check_range(timeout_ns, "timeoutNs", 1, FETCH_TIMEOUT_NS_MAX, failure))
		return false;
	plan->connections = (uint32_t)connections;
	plan->requests = (uint32_t)requests;
	plan->timeout_ns = (uint64_t)timeout_ns;
	return true;
}
