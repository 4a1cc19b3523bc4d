// SPDX-License-Identifier: Apache-2.0
/* What is asked of the kernel, beside trials: counters, maps and programs; and of a path's web servers. */
#include "commands-of-kernel.h"

#include "bpf-map.h"
#include "bpf-stats.h"
#include "checksums.h"
#include "commands-of-paths.h"
#include "counters.h"
#include "fetch.h"
#include "parse-fetch.h"
#include "parse-program-cost.h"
#include "program-cost.h"
#include "tables.h"
#include "web-page.h"

json_t *carry_out_bpf_stats(json_t *command, struct failure *failure)
{
	const char *name;
	json_error_t error;
	int enabled;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:b}", "command", &name, "enabled",
			   &enabled)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	if (!bpf_stats_enable(enabled, failure))
		return NULL;
	return json_pack("{s:s, s:b}", "event", "bpfStats", "enabled", enabled);
}

static json_t *encode_figures(const double *figures, uint32_t count)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(list, json_real(figures[i]));
	return list;
}

json_t *carry_out_program_cost(json_t *command, struct failure *failure)
{
	static struct program_cost cost;
	struct program_cost_plan plan;

	if (!parse_program_cost(&plan, command, failure) ||
	    !program_cost_measure(&cost, &plan, opened_sender_cpu(), failure))
		return NULL;
	return json_pack("{s:s, s:I, s:o, s:o}", "event", "programCost", "action",
			 (json_int_t)cost.action, "programNs",
			 encode_figures(cost.program_ns, plan.batches), "floorNs",
			 encode_figures(cost.floor_ns, plan.batches));
}

/* Reads something of each that a command names. Gives the list of what was read, or NULL. */
static json_t *read_each(const json_t *list, const char *key,
			 json_t *(*read_one)(json_t *named, struct failure *failure),
			 struct failure *failure)
{
	json_t *named, *values;
	size_t i;

	if (json_array_size(list) < 1 || json_array_size(list) > LIST_MAX) {
		fail(failure, "%s is not a list of 1 to %d", key, LIST_MAX);
		return NULL;
	}
	values = json_array();
	json_array_foreach (list, i, named) {
		json_t *value = read_one(named, failure);

		if (!value) {
			json_decref(values);
			return NULL;
		}
		json_array_append_new(values, value);
	}
	return values;
}

/* The string that a command names something by, or NULL. */
static const char *string_of(const json_t *named, const char *what, struct failure *failure)
{
	const char *string = json_string_value(named);

	if (!string)
		fail(failure, "%s is not a string", what);
	return string;
}

static json_t *read_kernel_counters(json_t *named, struct failure *failure)
{
	const char *namespace = string_of(named, "a namespace", failure);

	return namespace ? read_counters(namespace, false, failure) : NULL;
}

static json_t *read_all_counters(json_t *named, struct failure *failure)
{
	const char *namespace = string_of(named, "a namespace", failure);

	return namespace ? read_counters(namespace, true, failure) : NULL;
}

json_t *carry_out_counters(json_t *command, struct failure *failure)
{
	json_t *namespaces, *values;
	int with_ethtool = 0;
	const char *name;
	json_error_t error;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:o, s?b}", "command", &name,
			   "namespaces", &namespaces, "ethtool", &with_ethtool)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	values = read_each(namespaces, "namespaces",
			   with_ethtool ? read_all_counters : read_kernel_counters, failure);
	return values ? json_pack("{s:s, s:o}", "event", "counters", "namespaces", values) : NULL;
}

/* A command that says nothing but a list, and its answer: what was read of each, as a list in the same order. */
struct listing {
	const char *key;
	json_t *(*read_one)(json_t *named, struct failure *failure);
	const char *event, *answer_key;
};

static json_t *carry_out_listing(const struct listing *listing, json_t *command,
				 struct failure *failure)
{
	const char *name;
	json_error_t error;
	json_t *list, *values;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:o}", "command", &name,
			   listing->key, &list)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	values = read_each(list, listing->key, listing->read_one, failure);
	return values ? json_pack("{s:s, s:o}", "event", listing->event, listing->answer_key,
				  values)
		      : NULL;
}

static json_t *read_tables_of(json_t *named, struct failure *failure)
{
	const char *namespace = string_of(named, "a namespace", failure);

	return namespace ? read_tables(namespace, failure) : NULL;
}

json_t *carry_out_tables(json_t *command, struct failure *failure)
{
	static const struct listing listing = { "namespaces", read_tables_of, "tables",
						"namespaces" };

	return carry_out_listing(&listing, command, failure);
}

static json_t *change_checksums_of(json_t *named, bool are_computed, struct failure *failure)
{
	const char *namespace, *device;
	json_error_t error;
	bool is_changed = false;

	if (json_unpack_ex(named, &error, JSON_STRICT, "{s:s, s:s}", "namespace", &namespace,
			   "device", &device)) {
		fail(failure, "a device: %s", error.text);
		return NULL;
	}
	return change_checksums(namespace, device, are_computed, &is_changed, failure)
		       ? json_boolean(is_changed)
		       : NULL;
}

static json_t *compute_checksums_of(json_t *named, struct failure *failure)
{
	return change_checksums_of(named, true, failure);
}

static json_t *leave_checksums_of(json_t *named, struct failure *failure)
{
	return change_checksums_of(named, false, failure);
}

json_t *carry_out_checksums(json_t *command, struct failure *failure)
{
	json_t *devices, *values;
	const char *name;
	json_error_t error;
	int computed;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:o, s:b}", "command", &name,
			   "devices", &devices, "computed", &computed)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	values = read_each(devices, "devices", computed ? compute_checksums_of : leave_checksums_of,
			   failure);
	return values ? json_pack("{s:s, s:o}", "event", "checksums", "changed", values) : NULL;
}

static json_t *read_program_runs(json_t *named, struct failure *failure)
{
	const char *pin = string_of(named, "a program", failure);
	uint64_t runs;

	if (!pin || !bpf_program_runs(pin, &runs, failure))
		return NULL;
	return json_integer((json_int_t)runs);
}

json_t *carry_out_program_runs(json_t *command, struct failure *failure)
{
	static const struct listing listing = { "programs", read_program_runs, "programRuns",
						"runs" };

	return carry_out_listing(&listing, command, failure);
}

static json_t *read_map(json_t *named, struct failure *failure)
{
	const char *pin, *key;
	json_error_t error;

	if (json_unpack_ex(named, &error, JSON_STRICT, "{s:s, s:s}", "pin", &pin, "key", &key)) {
		fail(failure, "a map: %s", error.text);
		return NULL;
	}
	return read_map_value(pin, key, failure);
}

json_t *carry_out_map_values(json_t *command, struct failure *failure)
{
	static const struct listing listing = { "maps", read_map, "mapValues", "values" };

	return carry_out_listing(&listing, command, failure);
}

json_t *carry_out_fetch(json_t *command, struct failure *failure)
{
	struct fetch_plan plan;
	struct fetch_counts counts;

	if (!parse_fetch(&plan, command, failure) || !fetch_pages(&counts, &plan, failure))
		return NULL;
	return json_pack("{s:s, s:I, s:I, s:I}", "event", "fetched", "answered",
			 (json_int_t)counts.answered, "corrupted", (json_int_t)counts.corrupted,
			 "misdirected", (json_int_t)counts.misdirected);
}

json_t *carry_out_served(json_t *command, struct failure *failure)
{
	const char *name, *page;
	json_int_t requests = 0;
	json_error_t error;
	json_t *servers, *server;
	uint64_t served;
	size_t i;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:s, s:o}", "command", &name,
			   "page", &page, "servers", &servers)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	json_array_foreach (servers, i, server) {
		const char *unix_socket = string_of(server, "a server", failure);

		if (!unix_socket || !web_page_count(&served, unix_socket, page, failure))
			return NULL;
		requests += (json_int_t)served;
	}
	return json_pack("{s:s, s:I}", "event", "served", "requests", requests);
}
