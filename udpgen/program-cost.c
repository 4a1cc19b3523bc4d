// SPDX-License-Identifier: Apache-2.0
#include "program-cost.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "interquartile-mean.h"
#include "namespace.h"

struct subject {
	const char *pin;
	int descriptor;
	/* What its first run returned. */
	uint32_t action;
	/* Of the batch under way. */
	uint32_t durations_ns[COST_RUNS_MAX];
};

static struct subject program, floor_program;

static bool run_once(const struct subject *subject, const struct bpf_input *input,
		     struct bpf_run *run, struct failure *failure)
{
	int error = bpf_program_run(subject->descriptor, input, run);

	return !error || fail(failure, "could not run %s: %s", subject->pin, strerror(error));
}

static bool measure_run(struct subject *subject, const struct bpf_input *input, uint32_t number,
			struct failure *failure)
{
	struct bpf_run run;

	if (!run_once(subject, input, &run, failure))
		return false;
	/* Figures of two ways through a program are those of neither. */
	if (run.action != subject->action)
		return fail(failure, "%s returned %u and then %u on the same frame", subject->pin,
			    subject->action, run.action);
	subject->durations_ns[number] = run.duration_ns;
	return true;
}

/* Not timed: where a program keeps flows, this is the one that adds the frame's. */
static bool run_first(struct subject *subject, const struct bpf_input *input,
		      struct failure *failure)
{
	struct bpf_run run;

	if (!run_once(subject, input, &run, failure))
		return false;
	subject->action = run.action;
	return true;
}

static bool measure_batches(struct program_cost *cost, const struct program_cost_plan *plan,
			    struct failure *failure)
{
	if (!run_first(&program, &plan->input, failure) ||
	    !run_first(&floor_program, &plan->input, failure))
		return false;
	cost->action = program.action;
	for (uint32_t batch = 0; batch < plan->batches; batch++) {
		for (uint32_t i = 0; i < plan->runs; i++)
			if (!measure_run(&program, &plan->input, i, failure) ||
			    !measure_run(&floor_program, &plan->input, i, failure))
				return false;
		cost->program_ns[batch] = interquartile_mean(program.durations_ns, plan->runs);
		cost->floor_ns[batch] = interquartile_mean(floor_program.durations_ns, plan->runs);
	}
	return true;
}

static bool measure_in_namespace(struct program_cost *cost, const struct program_cost_plan *plan,
				 struct failure *failure)
{
	int own_namespace;
	bool is_measured;

	if (!enter_namespace(plan->namespace, &own_namespace, failure))
		return false;
	is_measured = measure_batches(cost, plan, failure);
	leave_namespace(own_namespace);
	return is_measured;
}

static bool measure_on_cpu(struct program_cost *cost, const struct program_cost_plan *plan, int cpu,
			   struct failure *failure)
{
	cpu_set_t former, wanted;
	bool is_measured;

	if (cpu < 0)
		return measure_in_namespace(cost, plan, failure);
	CPU_ZERO(&wanted);
	CPU_SET((size_t)cpu, &wanted);
	if (sched_getaffinity(0, sizeof(former), &former) != 0 ||
	    sched_setaffinity(0, sizeof(wanted), &wanted) != 0)
		return fail(failure, "could not stay on CPU %d: %s", cpu, strerror(errno));
	is_measured = measure_in_namespace(cost, plan, failure);
	sched_setaffinity(0, sizeof(former), &former);
	return is_measured;
}

bool program_cost_measure(struct program_cost *cost, const struct program_cost_plan *plan, int cpu,
			  struct failure *failure)
{
	bool is_measured;

	program.pin = plan->program;
	program.descriptor = bpf_program_open(plan->program, plan->input.type, failure);
	if (program.descriptor < 0)
		return false;
	floor_program.pin = plan->floor;
	floor_program.descriptor = bpf_program_open(plan->floor, plan->input.type, failure);
	is_measured = floor_program.descriptor >= 0 && measure_on_cpu(cost, plan, cpu, failure);
	if (floor_program.descriptor >= 0)
		close(floor_program.descriptor);
	close(program.descriptor);
	return is_measured;
}
