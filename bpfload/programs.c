// SPDX-License-Identifier: Apache-2.0
#include "programs.h"

#include <bpf/bpf.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "hexadecimal.h"

/* A program has at most as many (MAX_USED_MAPS in the kernel). */
#define MAPS_MAX 64

static json_t *map_of_id(uint32_t id)
{
	int descriptor = bpf_map_get_fd_by_id(id);
	struct bpf_map_info info = { 0 };
	uint32_t bytes = sizeof(info);
	json_t *map = NULL;

	if (descriptor < 0)
		return NULL;
	if (bpf_obj_get_info_by_fd(descriptor, &info, &bytes) == 0)
		map = json_pack("{s:s, s:i, s:I}", "name", info.name, "type", (int)info.type, "id",
				(json_int_t)id);
	close(descriptor);
	return map;
}

json_t *describe_program(const char *name, int descriptor, struct failure *failure)
{
	uint32_t map_ids[MAPS_MAX];
	struct bpf_prog_info info = { .nr_map_ids = MAPS_MAX,
				      .map_ids = (uint64_t)(uintptr_t)map_ids };
	uint32_t bytes = sizeof(info);
	char tag[2 * BPF_TAG_SIZE + 1];
	json_t *maps = json_array();

	if (bpf_obj_get_info_by_fd(descriptor, &info, &bytes) != 0) {
		json_decref(maps);
		fail(failure, "the kernel does not tell of program %s", name);
		return NULL;
	}
	hexadecimal_from_bytes(tag, info.tag, BPF_TAG_SIZE);
	for (uint32_t i = 0; i < info.nr_map_ids && i < MAPS_MAX; i++) {
		json_t *map = map_of_id(map_ids[i]);

		if (map)
			json_array_append_new(maps, map);
	}
	return json_pack("{s:s, s:I, s:s, s:o}", "name", name, "id", (json_int_t)info.id, "tag",
			 tag, "maps", maps);
}

static json_t *pin_program(struct bpf_object *object, const char *name, const char *folder,
			   struct failure *failure)
{
	const struct bpf_program *program = bpf_object__find_program_by_name(object, name);
	int descriptor = bpf_program__fd(program);
	char pin[PATH_MAX];
	int error;

	snprintf(pin, sizeof(pin), "%s/%s", folder, name);
	/* One that is at two devices is named twice, and pinned once. */
	if (access(pin, F_OK) == 0)
		return describe_program(name, descriptor, failure);
	error = bpf_obj_pin(descriptor, pin);
	if (error) {
		fail(failure, "could not pin program %s at %s: %s", name, pin, strerror(-error));
		return NULL;
	}
	return describe_program(name, descriptor, failure);
}

json_t *pin_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure)
{
	json_t *programs = json_array(), *value;
	struct program_order named;
	size_t i;

	json_array_foreach (order->programs, i, value) {
		json_t *program =
			parse_program(&named, value, failure)
				? pin_program(object, named.name, order->program_pins, failure)
				: NULL;

		if (!program) {
			json_decref(programs);
			return NULL;
		}
		json_array_append_new(programs, program);
	}
	return programs;
}
