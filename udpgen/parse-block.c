// SPDX-License-Identifier: Apache-2.0
#include "parse-block.h"

#include <stdio.h>
#include <string.h>

#include "fields.h"
#include "parse-tcp-trial.h"

static const char *const kind_names[] = {
	[TRIAL_FLOOD] = "flood",   [TRIAL_PINGPONG] = "pingpong",     [TRIAL_PACED] = "paced",
	[TRIAL_TCP_RR] = "tcp-rr", [TRIAL_TCP_STREAM] = "tcp-stream", [TRIAL_TCP_CRR] = "tcp-crr",
};

const char *trial_kind_name(enum trial_kind kind)
{
	return kind_names[kind];
}

static bool parse_kind(struct trial *trial, const char *name, struct failure *failure)
{
	char expected[128] = "";

	for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]); i++) {
		if (strcmp(kind_names[i], name) == 0) {
			trial->kind = (enum trial_kind)i;
			return true;
		}
		snprintf(expected + strlen(expected), sizeof(expected) - strlen(expected),
			 "%s\"%s\"", i == 0 ? "" : ", ", kind_names[i]);
	}
	return fail(failure, "kind is \"%s\", expected one of %s", name, expected);
}

static bool parse_rate(struct trial *trial, const json_t *rate, struct failure *failure)
{
	if (trial->kind != TRIAL_PACED)
		return !rate || fail(failure, "ratePps is for paced trials");
	if (!rate)
		return fail(failure, "a paced trial needs ratePps");
	trial->rate_pps = json_number_value(rate);
	if (!(trial->rate_pps > 0 && trial->rate_pps <= RATE_PPS_MAX))
		return fail(failure, "ratePps is not a number above 0 and up to %.0f",
			    RATE_PPS_MAX);
	if (trial->packets / trial->rate_pps > (double)SCHEDULE_NS_MAX / (double)NS_PER_S)
		return fail(failure, "%u packets at %g a second take longer than %llu s",
			    trial->packets, trial->rate_pps, SCHEDULE_NS_MAX / NS_PER_S);
	return true;
}

static bool parse_grace(struct trial *trial, const json_t *grace, struct failure *failure)
{
	if (!grace)
		return true;
	if (trial->kind != TRIAL_PACED)
		return fail(failure, "graceNs is for paced trials");
	trial->grace_ns = (uint64_t)json_integer_value(grace);
	return check_range(json_integer_value(grace), "graceNs", 1, GRACE_NS_MAX, failure);
}

static bool parse_timeout(struct trial *trial, const json_t *timeout, struct failure *failure)
{
	trial->timeout_ns = REPLY_TIMEOUT_NS;
	if (!timeout)
		return true;
	if (trial->kind != TRIAL_PINGPONG)
		return fail(failure, "timeoutNs is for pingpong trials");
	trial->timeout_ns = (uint64_t)json_integer_value(timeout);
	return check_range(json_integer_value(timeout), "timeoutNs", 1, REPLY_TIMEOUT_NS_MAX,
			   failure);
}

static bool parse_summed(struct trial *trial, int is_summed, struct failure *failure)
{
	trial->is_summed = is_summed;
	return !is_summed || trial->kind == TRIAL_PINGPONG ||
	       fail(failure, "isSummed is for pingpong trials");
}

static bool parse_quiet(struct trial *trial, const json_t *quiet, struct failure *failure)
{
	trial->quiet_ns = QUIET_NS;
	if (!quiet)
		return true;
	trial->quiet_ns = (uint64_t)json_integer_value(quiet);
	return check_range(json_integer_value(quiet), "quietNs", 1, QUIET_NS_MAX, failure);
}

static bool parse_engine(struct trial *trial, const char *name, struct failure *failure)
{
	if (!name)
		return true;
	if (trial->kind != TRIAL_FLOOD)
		return fail(failure, "engine is for floods");
	if (!engine_named(name, &trial->engine, failure))
		return false;
	if (!trial->path->engines[trial->engine])
		return fail(failure, "path \"%s\" is not open for engine %s", trial->path->name,
			    name);
	if (trial->engine >= ENGINE_PACKET && trial->payload_bytes > FRAME_PAYLOAD_BYTES_MAX)
		return fail(failure, "payloadBytes is %u, expected at most %d with engine %s",
			    trial->payload_bytes, FRAME_PAYLOAD_BYTES_MAX, name);
	return true;
}

/* How a flood's packets are taken. */
static bool parse_sink(struct trial *trial, const char *name, struct failure *failure)
{
	if (!name || strcmp(name, "socket") == 0)
		return !name || trial->kind == TRIAL_FLOOD || fail(failure, "sink is for floods");
	if (trial->kind != TRIAL_FLOOD)
		return fail(failure, "sink is for floods");
	if (strcmp(name, "xdp") != 0)
		return fail(failure, "sink is \"%s\", expected socket or xdp", name);
	for (uint32_t i = 0; i < trial->path->servers_count; i++)
		if (!sink_is_open(&trial->path->sinks[i]))
			return fail(failure, "path \"%s\" is not open for sink xdp",
				    trial->path->name);
	if (trial->engine == ENGINE_GSO)
		return fail(failure, "sink xdp does not take apart what engine gso has merged");
	if (trial->payload_bytes > FRAME_PAYLOAD_BYTES_MAX)
		return fail(failure, "payloadBytes is %u, expected at most %d with sink xdp",
			    trial->payload_bytes, FRAME_PAYLOAD_BYTES_MAX);
	trial->is_sunk = true;
	return true;
}

static bool parse_udp_trial(struct trial *trial, json_t *value, struct failure *failure)
{
	const char *path, *kind, *engine = NULL, *sink = NULL;
	json_int_t payload_bytes, packets, lead_packets = 0;
	json_t *rate = NULL, *grace = NULL, *timeout = NULL, *quiet = NULL;
	int is_summed = 0;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT,
			   "{s:s, s:s, s:I, s:I, s?I, s?o, s?o, s?o, s?o, s?b, s?s, s?s}", "path",
			   &path, "kind", &kind, "payloadBytes", &payload_bytes, "packets",
			   &packets, "leadPackets", &lead_packets, "ratePps", &rate, "graceNs",
			   &grace, "timeoutNs", &timeout, "quietNs", &quiet, "isSummed", &is_summed,
			   "engine", &engine, "sink", &sink))
		return fail(failure, "%s", error.text);
	if (!check_range(payload_bytes, "payloadBytes", PAYLOAD_BYTES_MIN, PAYLOAD_BYTES_MAX,
			 failure) ||
	    !check_range(packets, "packets", 1, PACKETS_MAX, failure) ||
	    !check_range(lead_packets, "leadPackets", 0, packets - 1, failure))
		return false;
	trial->payload_bytes = (uint32_t)payload_bytes;
	trial->packets = (uint32_t)packets;
	trial->lead_packets = (uint32_t)lead_packets;
	return parse_rate(trial, rate, failure) && parse_grace(trial, grace, failure) &&
	       parse_timeout(trial, timeout, failure) && parse_quiet(trial, quiet, failure) &&
	       parse_summed(trial, is_summed, failure) && parse_engine(trial, engine, failure) &&
	       parse_sink(trial, sink, failure);
}

static bool parse_trial(struct trial *trial, json_t *value, struct path *paths, size_t paths_count,
			struct failure *failure)
{
	const char *path, *kind;
	json_error_t error;

	if (json_unpack_ex(value, &error, 0, "{s:s, s:s}", "path", &path, "kind", &kind))
		return fail(failure, "%s", error.text);
	trial->path = path_named(paths, paths_count, path, failure);
	if (!trial->path || !parse_kind(trial, kind, failure))
		return false;
	return trial->kind >= TRIAL_TCP_FIRST ? parse_tcp_trial(trial, value, failure)
					      : parse_udp_trial(trial, value, failure);
}

bool parse_block(struct block *block, json_t *command, struct path *paths, size_t paths_count,
		 struct failure *failure)
{
	const char *name;
	json_t *trials, *value;
	json_error_t error;
	size_t i;

	block->trials_count = 0;
	if (json_unpack_ex(command, &error, JSON_STRICT, "{s:s, s:o}", "command", &name, "trials",
			   &trials))
		return fail(failure, "%s", error.text);
	if (json_array_size(trials) < 1 || json_array_size(trials) > TRIALS_MAX)
		return fail(failure, "trials is not a list of 1 to %d", TRIALS_MAX);
	json_array_foreach (trials, i, value) {
		struct failure cause = { 0 };

		memset(&block->trials[i], 0, sizeof(block->trials[i]));
		if (!parse_trial(&block->trials[i], value, paths, paths_count, &cause)) {
			fail_on_path(failure, cause.path);
			return fail(failure, "trials[%zu]: %s", i, cause.message);
		}
		block->trials_count++;
	}
	return true;
}
