// SPDX-License-Identifier: Apache-2.0
#include "parse-program-cost.h"

#include <limits.h>
#include <string.h>

#include "fields.h"
#include "hex.h"

static bool parse_type(struct bpf_input *input, const char *type, struct failure *failure)
{
	if (strcmp(type, "xdp") == 0)
		input->type = BPF_PROG_TYPE_XDP;
	else if (strcmp(type, "tc") == 0)
		input->type = BPF_PROG_TYPE_SCHED_CLS;
	else
		return fail(failure, "type is \"%s\", expected \"xdp\" or \"tc\"", type);
	return true;
}

static bool parse_frame(struct program_cost_plan *plan, const char *hex, struct failure *failure)
{
	long bytes = hex_decode(hex, plan->frame, sizeof(plan->frame));

	if (bytes == HEX_WRONG_DIGIT)
		return fail(failure, "frame has other than digits from 0 to f");
	if (bytes < FRAME_BYTES_MIN)
		return fail(failure,
			    "frame has %zu hexadecimal digits, expected %d to %d bytes of 2",
			    strlen(hex), FRAME_BYTES_MIN, FRAME_BYTES_MAX);
	plan->input.frame = plan->frame;
	plan->input.frame_bytes = (uint32_t)bytes;
	return true;
}

bool parse_program_cost(struct program_cost_plan *plan, json_t *command, struct failure *failure)
{
	const char *name, *type, *frame;
	json_t *namespace;
	json_int_t ifindex, batches, runs;
	json_error_t error;

	memset(plan, 0, sizeof(*plan));
	if (json_unpack_ex(command, &error, JSON_STRICT,
			   "{s:s, s:o, s:s, s:s, s:s, s:I, s:s, s:I, s:I}", "command", &name,
			   "namespace", &namespace, "program", &plan->program, "floor",
			   &plan->floor, "type", &type, "ifindex", &ifindex, "frame", &frame,
			   "batches", &batches, "runs", &runs))
		return fail(failure, "%s", error.text);
	if (!parse_namespace(&plan->namespace, namespace, failure) ||
	    !parse_type(&plan->input, type, failure) ||
	    !check_range(ifindex, "ifindex", 1, INT_MAX, failure) ||
	    !parse_frame(plan, frame, failure) ||
	    !check_range(batches, "batches", 1, COST_BATCHES_MAX, failure) ||
	    !check_range(runs, "runs", 1, COST_RUNS_MAX, failure))
		return false;
	plan->input.ifindex = (uint32_t)ifindex;
	plan->batches = (uint32_t)batches;
	plan->runs = (uint32_t)runs;
	return true;
}
