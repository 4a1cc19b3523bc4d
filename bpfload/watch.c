// SPDX-License-Identifier: Apache-2.0
#include "watch.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

/* A program that is watched: another is attached to its end, for as long as this process has it open. */
struct watched {
	struct bpf_object *witness;
	struct bpf_link *link;
	struct failure failure;
};

static bool attach(struct watched *watched, const char *object, int target, const char *name)
{
	struct bpf_program *program;
	int error;

	watched->witness = bpf_object__open_file(object, NULL);
	if (libbpf_get_error(watched->witness)) {
		watched->witness = NULL;
		return fail(&watched->failure, "could not open %s", object);
	}
	program = bpf_object__find_program_by_name(watched->witness, "witness");
	if (!program)
		return fail(&watched->failure, "%s has no program witness", object);
	error = bpf_program__set_attach_target(program, target, name);
	if (!error)
		error = bpf_object__load(watched->witness);
	if (error)
		return fail(&watched->failure, "the kernel does not let %s be watched: %s", name,
			    strerror(-error));
	watched->link = bpf_program__attach(program);
	if (libbpf_get_error(watched->link)) {
		watched->link = NULL;
		return fail(&watched->failure, "the kernel does not let %s be watched: %s", name,
			    strerror(errno));
	}
	return true;
}

static void start(struct watched *watched, const char *object, json_t *order)
{
	const char *pin, *name;
	json_error_t error;
	int target;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:s, s:s}", "pin", &pin, "name", &name)) {
		fail(&watched->failure, "%s", error.text);
		return;
	}
	target = bpf_obj_get(pin);
	if (target < 0) {
		fail(&watched->failure, "could not open program %s: %s", pin, strerror(errno));
		return;
	}
	attach(watched, object, target, name);
	close(target);
}

static json_t *read_actions(const struct watched *watched)
{
	int map = bpf_object__find_map_fd_by_name(watched->witness, "seen");
	json_t *actions = json_array();
	uint32_t action, *previous = NULL;
	uint64_t count;

	while (bpf_map_get_next_key(map, previous, &action) == 0) {
		if (bpf_map_lookup_elem(map, &action, &count) == 0)
			json_array_append_new(actions, json_pack("[I, I]", (json_int_t)action,
								 (json_int_t)count));
		previous = &action;
	}
	return json_pack("{s:o}", "actions", actions);
}

static json_t *finish(struct watched *watched)
{
	json_t *answer = watched->link ? read_actions(watched)
				       : json_pack("{s:s}", "failure", watched->failure.message);

	bpf_link__destroy(watched->link);
	bpf_object__close(watched->witness);
	return answer;
}

int watch(json_t *order)
{
	json_t *programs, *program, *answers = json_array();
	struct watched *watched;
	const char *witness;
	json_error_t error;
	size_t i;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:s, s:o}", "witness", &witness,
			   "programs", &programs)) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	watched = calloc(json_array_size(programs) + 1, sizeof(*watched));
	if (!watched)
		return EXIT_FAILURE;
	json_array_foreach (programs, i, program)
		start(&watched[i], witness, program);
	puts("\"ready\"");
	fflush(stdout);
	while (getchar() != EOF)
		;
	json_array_foreach (programs, i, program)
		json_array_append_new(answers, finish(&watched[i]));
	free(watched);
	answers = json_pack("{s:o}", "programs", answers);
	json_dumpf(answers, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(answers);
	return EXIT_SUCCESS;
}
