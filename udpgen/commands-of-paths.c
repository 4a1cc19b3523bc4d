// SPDX-License-Identifier: Apache-2.0
/* What is asked of paths: opening them, trials, and closing them again. */
#include "commands-of-paths.h"

#include "block.h"
#include "clock.h"
#include "drain.h"
#include "encode-record.h"
#include "fields.h"
#include "live-program.h"
#include "parse-block.h"
#include "parse-open.h"
#include "tcp-connect.h"
#include "tcp-socket.h"
#include "workers.h"

/* What is open now. */
static struct path paths[PATHS_MAX];
static size_t paths_count;
static bool is_blocking;

static int sender_cpu = -1;

static struct block block;

/*
 * The next trial's. From the clock at first: an earlier process's stragglers may still be on their way.
 */
static uint32_t next_trial_id;

int opened_sender_cpu(void)
{
	return sender_cpu;
}

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

json_t *carry_out_open(json_t *command, struct failure *failure)
{
	/* Too large for a stack that somebody has limited. */
	static struct open_plan plan;

	if (!parse_open(&plan, command, failure))
		return NULL;
	close_all();
	if (next_trial_id == 0)
		next_trial_id = (uint32_t)now_ns();
	if (!workers_pin(plan.sender_cpu, plan.receiver_cpu, failure) ||
	    (plan.live_program && !live_program_open(plan.live_program, plan.live_map, failure)) ||
	    !open_all(&plan, failure))
		return NULL;
	is_blocking = plan.blocking;
	sender_cpu = plan.sender_cpu;
	return json_pack("{s:s, s:I}", "event", "opened", "paths", (json_int_t)paths_count);
}

json_t *carry_out_block(json_t *command, struct failure *failure)
{
	json_t *records;

	if (!parse_block(&block, command, paths, paths_count, failure) ||
	    !block_prepare(&block, failure))
		return NULL;
	for (uint32_t i = 0; i < block.trials_count; i++)
		block.trials[i].id = next_trial_id++;
	block_find_ways(&block, paths, paths_count);
	workers_run(&block, is_blocking);
	records = json_array();
	for (uint32_t i = 0; i < block.trials_count; i++)
		json_array_append_new(records, encode_record(&block.trials[i], &block.records[i]));
	return json_pack("{s:s, s:o}", "event", "block", "trials", records);
}

/* What trials that come from now on are judged by begins now: see faults.h. */
json_t *carry_out_drain(json_t *command, struct failure *failure)
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

json_t *carry_out_connect(json_t *command, struct failure *failure)
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

json_t *carry_out_disconnect(json_t *command, struct failure *failure)
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

json_t *carry_out_close(json_t *command, struct failure *failure)
{
	if (json_object_size(command) > 1) {
		fail(failure, "close takes nothing more");
		return NULL;
	}
	close_all();
	return json_pack("{s:s}", "event", "closed");
}
