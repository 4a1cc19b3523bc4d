// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <string.h>

#include "block.h"
#include "bpf-map.h"
#include "bpf-stats.h"
#include "clock.h"
#include "counters.h"
#include "drain.h"
#include "encode-record.h"
#include "fetch.h"
#include "fields.h"
#include "parse-block.h"
#include "parse-fetch.h"
#include "parse-open.h"
#include "parse-program-cost.h"
#include "program-cost.h"
#include "tcp-connect.h"
#include "tcp-socket.h"
#include "workers.h"

/* What is open now. */
static struct path paths[PATHS_MAX];
static size_t paths_count;
static bool is_blocking;

/* The sender's CPU as the last `open` had it, −1 before. */
static int sender_cpu = -1;

static struct block block;

/*
 * The next trial's. From the clock at first: an earlier process's stragglers may still be on their way.
 */
static uint32_t next_trial_id;

static void close_all(void)
{
	while (paths_count > 0)
		path_close(&paths[--paths_count]);
}

static bool open_all(const struct open_plan *plan, struct failure *failure)
{
	for (size_t i = 0; i < plan->paths_count; i++) {
		if (!path_open(&paths[i], &plan->paths[i], failure)) {
			fail_on_path(failure, plan->paths[i].name);
			close_all();
			return false;
		}
		paths[i].first_trial_id = next_trial_id;
		paths_count++;
	}
	return true;
}

static json_t *carry_out_open(json_t *command, struct failure *failure)
{
	/* Too large for a stack that somebody has limited. */
	static struct open_plan plan;

	if (!parse_open(&plan, command, failure))
		return NULL;
	close_all();
	if (next_trial_id == 0)
		next_trial_id = (uint32_t)now_ns();
	if (!workers_pin(plan.sender_cpu, plan.receiver_cpu, failure) || !open_all(&plan, failure))
		return NULL;
	is_blocking = plan.blocking;
	sender_cpu = plan.sender_cpu;
	return json_pack("{s:s, s:I}", "event", "opened", "paths", (json_int_t)paths_count);
}

static json_t *carry_out_block(json_t *command, struct failure *failure)
{
	json_t *records;

	if (!parse_block(&block, command, paths, paths_count, failure) ||
	    !block_prepare(&block, failure))
		return NULL;
	for (uint32_t i = 0; i < block.trials_count; i++)
		block.trials[i].id = next_trial_id++;
	workers_run(&block, is_blocking);
	records = json_array();
	for (uint32_t i = 0; i < block.trials_count; i++)
		json_array_append_new(records, encode_record(&block.trials[i], &block.records[i]));
	return json_pack("{s:s, s:o}", "event", "block", "trials", records);
}

static json_t *carry_out_bpf_stats(json_t *command, struct failure *failure)
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

static json_t *carry_out_program_cost(json_t *command, struct failure *failure)
{
	static struct program_cost cost;
	struct program_cost_plan plan;

	if (!parse_program_cost(&plan, command, failure) ||
	    !program_cost_measure(&cost, &plan, sender_cpu, failure))
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

static json_t *carry_out_counters(json_t *command, struct failure *failure)
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

/* The list that is all that a command says, or NULL. */
static json_t *only_list(json_t *command, const char *key, struct failure *failure)
{
	const char *name;
	json_error_t error;
	json_t *list;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:o}", "command", &name, key,
			   &list)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	return list;
}

static json_t *read_program_runs(json_t *named, struct failure *failure)
{
	const char *pin = string_of(named, "a program", failure);
	uint64_t runs;

	if (!pin || !bpf_program_runs(pin, &runs, failure))
		return NULL;
	return json_integer((json_int_t)runs);
}

static json_t *carry_out_program_runs(json_t *command, struct failure *failure)
{
	json_t *programs = only_list(command, "programs", failure), *runs;

	if (!programs)
		return NULL;
	runs = read_each(programs, "programs", read_program_runs, failure);
	return runs ? json_pack("{s:s, s:o}", "event", "programRuns", "runs", runs) : NULL;
}

/* What trials that come from now on are judged by begins now: see faults.h. */
static json_t *carry_out_drain(json_t *command, struct failure *failure)
{
	json_t *drained;

	if (json_object_size(command) > 1) {
		fail(failure, "drain takes nothing more");
		return NULL;
	}
	drained = json_array();
	for (size_t i = 0; i < paths_count; i++) {
		struct faults faults = { 0 };

		drain_path(&paths[i], &faults);
		paths[i].first_trial_id = next_trial_id;
		json_array_append_new(drained, json_pack("{s:s, s:I, s:I}", "path", paths[i].name,
							 "corrupted", (json_int_t)faults.corrupted,
							 "strays", (json_int_t)faults.strays));
	}
	return json_pack("{s:s, s:o}", "event", "drained", "paths", drained);
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

static json_t *carry_out_map_values(json_t *command, struct failure *failure)
{
	json_t *maps = only_list(command, "maps", failure), *values;

	if (!maps)
		return NULL;
	values = read_each(maps, "maps", read_map, failure);
	return values ? json_pack("{s:s, s:o}", "event", "mapValues", "values", values) : NULL;
}

static json_t *carry_out_fetch(json_t *command, struct failure *failure)
{
	struct fetch_plan plan;
	struct fetch_counts counts;

	if (!parse_fetch(&plan, command, failure) || !fetch_pages(&counts, &plan, failure))
		return NULL;
	return json_pack("{s:s, s:I, s:I, s:I}", "event", "fetched", "answered",
			 (json_int_t)counts.answered, "corrupted", (json_int_t)counts.corrupted,
			 "misdirected", (json_int_t)counts.misdirected);
}

static json_t *carry_out_connect(json_t *command, struct failure *failure)
{
	const char *name, *path_name;
	json_int_t timeout_ns;
	struct tcp_connected connected;
	struct path *path;
	json_error_t error;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:s, s:I}", "command", &name,
			   "path", &path_name, "timeoutNs", &timeout_ns)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	path = path_named(paths, paths_count, path_name, failure);
	if (!path || !check_range(timeout_ns, "timeoutNs", 1, TCP_TIMEOUT_NS_MAX, failure) ||
	    !tcp_connect_all(&path->tcp, next_trial_id++, (uint64_t)timeout_ns, &connected,
			     failure))
		return NULL;
	return json_pack("{s:s, s:s, s:I, s:I, s:I, s:s*}", "event", "connected", "path",
			 path->name, "wanted", (json_int_t)connected.wanted, "established",
			 (json_int_t)connected.established, "misdirected",
			 (json_int_t)connected.misdirected, "error",
			 connected.error ? tcp_error_text(connected.error) : NULL);
}

static json_t *carry_out_disconnect(json_t *command, struct failure *failure)
{
	const char *name, *path_name;
	struct path *path;
	json_error_t error;

	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:s}", "command", &name, "path",
			   &path_name)) {
		fail(failure, "%s", error.text);
		return NULL;
	}
	path = path_named(paths, paths_count, path_name, failure);
	if (!path)
		return NULL;
	for (uint32_t i = 0; i < path->tcp.pools_count; i++)
		tcp_pool_close(&path->tcp.pools[i]);
	return json_pack("{s:s, s:s}", "event", "disconnected", "path", path->name);
}

static json_t *carry_out_close(json_t *command, struct failure *failure)
{
	if (json_object_size(command) > 1) {
		fail(failure, "close takes nothing more");
		return NULL;
	}
	close_all();
	return json_pack("{s:s}", "event", "closed");
}

static const struct {
	const char *name;
	json_t *(*carry_out)(json_t *command, struct failure *failure);
} commands[] = {
	{ "open", carry_out_open },
	{ "block", carry_out_block },
	{ "bpfStats", carry_out_bpf_stats },
	{ "programCost", carry_out_program_cost },
	{ "counters", carry_out_counters },
	{ "programRuns", carry_out_program_runs },
	{ "mapValues", carry_out_map_values },
	{ "drain", carry_out_drain },
	{ "fetch", carry_out_fetch },
	{ "connect", carry_out_connect },
	{ "disconnect", carry_out_disconnect },
	{ "close", carry_out_close },
};

static json_t *dispatch(json_t *command, const char *name, struct failure *failure)
{
	if (!name) {
		fail(failure, "a command is an object with a string \"command\"");
		return NULL;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].carry_out(command, failure);
	fail(failure, "unknown command \"%s\"", name);
	return NULL;
}

/* What was cut to its field may end in half a character, which JSON cannot carry. */
static json_t *encode_failure(const struct failure *failure, const char *command)
{
	json_t *answer = json_pack("{s:s, s:s?}", "event", "error", "command", command);
	json_t *message = json_string(failure->message);

	if (failure->path[0])
		json_object_set_new(answer, "path", json_string(failure->path));
	json_object_set_new(answer, "message",
			    message ? message : json_string("the message was too long"));
	return answer;
}

json_t *carry_out(const char *line)
{
	struct failure failure = { 0 };
	json_error_t error;
	json_t *command = json_loads(line, JSON_REJECT_DUPLICATES, &error);
	const char *name = json_string_value(json_object_get(command, "command"));
	json_t *answer = NULL;

	if (!command)
		fail(&failure, "could not read the line as JSON: %s", error.text);
	else
		answer = dispatch(command, name, &failure);
	if (!answer)
		answer = encode_failure(&failure, name);
	json_decref(command);
	return answer;
}
