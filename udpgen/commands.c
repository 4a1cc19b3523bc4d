// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <string.h>

#include "commands-of-kernel.h"
#include "commands-of-paths.h"
#include "failure.h"

static const struct {
	const char *name;
	json_t *(*carry_out)(json_t *command, struct failure *failure);
} commands[] = {
	{ "open", carry_out_open },
	{ "block", carry_out_block },
	{ "bpfStats", carry_out_bpf_stats },
	{ "programCost", carry_out_program_cost },
	{ "counters", carry_out_counters },
	{ "tables", carry_out_tables },
	{ "checksums", carry_out_checksums },
	{ "programRuns", carry_out_program_runs },
	{ "mapValues", carry_out_map_values },
	{ "drain", carry_out_drain },
	{ "fetch", carry_out_fetch },
	{ "served", carry_out_served },
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
