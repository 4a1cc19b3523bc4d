// SPDX-License-Identifier: Apache-2.0
#include "adopt.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"
#include "folder.h"
#include "programs.h"

/* A hook has at most as many (BPF_MPROG_MAX in the kernel). */
#define PROGRAMS_MAX 64

/* The kernel's name of a program: the first bytes of its own. Empty where it is gone. */
static void read_name(int descriptor, char name[BPF_OBJ_NAME_LEN])
{
	struct bpf_prog_info info = { 0 };
	uint32_t bytes = sizeof(info);

	name[0] = '\0';
	if (descriptor >= 0 && bpf_obj_get_info_by_fd(descriptor, &info, &bytes) == 0)
		memcpy(name, info.name, BPF_OBJ_NAME_LEN);
}

static json_t *pin_and_describe(const char *name, int descriptor, const char *pin)
{
	struct failure failure = { 0 };
	char folder[4096];
	json_t *program = NULL;

	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(pin, '/') - pin), pin);
	/* What was found before may have been replaced. */
	unlink(pin);
	if (make_folder(folder, &failure) &&
	    (bpf_obj_pin(descriptor, pin) == 0 ||
	     fail(&failure, "could not pin program %s at %s: %s", name, pin, strerror(errno))))
		program = describe_program(name, descriptor, &failure);
	return program ? program : json_pack("{s:s}", "error", failure.message);
}

static json_t *adopt_program(const char *name, json_t *ids, const char *pin)
{
	json_t *there = json_array(), *id;
	size_t i;

	json_array_foreach (ids, i, id) {
		int descriptor = bpf_prog_get_fd_by_id((uint32_t)json_integer_value(id));
		char known[BPF_OBJ_NAME_LEN];
		json_t *program = NULL;

		read_name(descriptor, known);
		if (known[0] && strncmp(known, name, BPF_OBJ_NAME_LEN - 1) == 0)
			program = pin_and_describe(name, descriptor, pin);
		else if (known[0])
			json_array_append_new(there, json_string(known));
		if (descriptor >= 0)
			close(descriptor);
		if (program) {
			json_decref(there);
			return program;
		}
	}
	return json_pack("{s:o}", "there", there);
}

int adopt(json_t *order)
{
	json_t *programs, *program, *ids, *answers = json_array();
	const char *name, *pin;
	json_error_t error;
	size_t i;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:o}", "programs", &programs)) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	json_array_foreach (programs, i, program) {
		if (json_unpack_ex(program, &error, JSON_STRICT, "{s:s, s:o, s:s}", "name", &name,
				   "ids", &ids, "pin", &pin) ||
		    !strchr(pin, '/')) {
			fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
			return 2;
		}
		json_array_append_new(answers, adopt_program(name, ids, pin));
	}
	answers = json_pack("{s:o}", "programs", answers);
	json_dumpf(answers, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(answers);
	return EXIT_SUCCESS;
}

int list_programs(const char *device, const char *type)
{
	uint32_t ids[PROGRAMS_MAX], count = PROGRAMS_MAX, flags = 0;
	unsigned int number = if_nametoindex(device);
	json_t *listed = json_array();

	/* A kernel that has no such hook has nothing at it. The device's number goes where others have a descriptor. */
	if (number == 0 || bpf_prog_query((int)number, atoi(type), 0, &flags, ids, &count) != 0)
		count = 0;
	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(listed, json_integer(ids[i]));
	json_dumpf(listed, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(listed);
	return EXIT_SUCCESS;
}
