// SPDX-License-Identifier: Apache-2.0
#include "trace-programs.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A program of a path. */
struct target {
	int program;
	__u32 id;
	bool is_xdp;
	/* Its function: the kernel's own name of a program may be shortened. */
	char function[128];
};

static bool read_function(struct target *target, const struct bpf_prog_info *info,
			  struct failure *failure)
{
	struct bpf_func_info function;
	struct bpf_prog_info asked = {
		.nr_func_info = 1,
		.func_info_rec_size = sizeof(function),
		.func_info = (__u64)(uintptr_t)&function,
	};
	__u32 bytes = sizeof(asked);
	const struct btf_type *type;
	struct btf *btf;

	if (!info->btf_id || !info->nr_func_info ||
	    bpf_obj_get_info_by_fd(target->program, &asked, &bytes))
		return fail(failure, "it says nothing of its own functions (BTF)");
	btf = btf__load_from_kernel_by_id(info->btf_id);
	if (libbpf_get_error(btf))
		return fail(failure, "its types (BTF) could not be read");
	type = btf__type_by_id(btf, function.type_id);
	snprintf(target->function, sizeof(target->function), "%s",
		 type ? btf__name_by_offset(btf, type->name_off) : "");
	btf__free(btf);
	return true;
}

static bool look_at(struct target *target, const char *pin, struct failure *failure)
{
	struct bpf_prog_info info = { 0 };
	__u32 bytes = sizeof(info);

	target->program = bpf_obj_get(pin);
	if (target->program < 0 || bpf_obj_get_info_by_fd(target->program, &info, &bytes))
		return fail(failure, "it could not be opened: %s", strerror(errno));
	target->id = info.id;
	target->is_xdp = info.type == BPF_PROG_TYPE_XDP;
	return read_function(target, &info, failure);
}

static void share_maps(const struct bpf_object *object, const struct bpf_object *stations)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, object) {
		int shared = bpf_object__find_map_fd_by_name(stations, bpf_map__name(map));

		if (!bpf_map__is_internal(map) && shared >= 0)
			bpf_map__reuse_fd(map, shared);
	}
}

/* Its only global variable. */
static void set_number(const struct bpf_object *object, __u32 number)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, ".rodata");
	size_t bytes = 0;
	void *value = map ? (void *)bpf_map__initial_value(map, &bytes) : NULL;

	if (bytes >= sizeof(number))
		memcpy(value, &number, sizeof(number));
}

static bool aim(struct bpf_object *object, const struct target *target)
{
	const char *prefix = target->is_xdp ? "xdp_" : "tc_";
	struct bpf_program *program;

	bpf_object__for_each_program (program, object) {
		bool is_wanted = strncmp(bpf_program__name(program), prefix, strlen(prefix)) == 0;

		bpf_program__set_autoload(program, is_wanted);
		if (is_wanted &&
		    bpf_program__set_attach_target(program, target->program, target->function))
			return false;
	}
	return true;
}

static bool open_probe(struct program_probe *probe, const char *file, __u32 number,
		       const struct target *target, const struct bpf_object *stations,
		       struct failure *failure)
{
	struct bpf_object *object = bpf_object__open_file(file, NULL);

	if (libbpf_get_error(object))
		return fail(failure, "could not open %s", file);
	share_maps(object, stations);
	set_number(object, number);
	if (aim(object, target) && !bpf_object__load(object)) {
		probe->object = object;
		return true;
	}
	fail(failure, "the kernel lets nobody look at its beginning and end: %s", strerror(errno));
	bpf_object__close(object);
	return false;
}

bool program_probes_open(struct program_probes *probes, const char *file, json_t *pins,
			 const struct bpf_object *stations, struct failure *failure)
{
	json_t *pin;
	size_t i;

	probes->refused = json_array();
	probes->all = calloc(json_array_size(pins) + 1, sizeof(*probes->all));
	if (!probes->all)
		return fail(failure, "out of memory");
	probes->count = json_array_size(pins);
	json_array_foreach (pins, i, pin) {
		struct target target = { .program = -1 };
		struct failure why = { 0 };

		if (!look_at(&target, json_string_value(pin), &why) ||
		    !open_probe(&probes->all[i], file, (__u32)i, &target, stations, &why))
			json_array_append_new(probes->refused,
					      json_pack("[I, s]", (json_int_t)i, why.message));
		probes->all[i].id = target.id;
		if (target.program >= 0)
			close(target.program);
	}
	return true;
}

json_int_t program_place(const struct program_probes *probes, __u64 id)
{
	for (size_t i = 0; i < probes->count; i++)
		if (probes->all[i].id == id)
			return (json_int_t)i;
	return -1;
}

static struct bpf_link *attach(const struct bpf_object *object, const char *suffix)
{
	struct bpf_program *program;

	bpf_object__for_each_program (program, object) {
		const char *name = bpf_program__name(program);

		if (bpf_program__fd(program) >= 0 && strcmp(strchr(name, '_') + 1, suffix) == 0)
			return bpf_program__attach(program);
	}
	return NULL;
}

bool program_probes_attach(struct program_probes *probes, struct failure *failure)
{
	for (size_t i = 0; i < probes->count; i++) {
		struct program_probe *probe = &probes->all[i];

		if (!probe->object)
			continue;
		probe->begins = attach(probe->object, "begins");
		probe->ends = attach(probe->object, "ends");
		if (libbpf_get_error(probe->begins) || libbpf_get_error(probe->ends))
			return fail(failure,
				    "could not attach to a program's beginning and end: %s",
				    strerror(errno));
	}
	return true;
}

static void detach(struct bpf_link **link)
{
	if (*link && !libbpf_get_error(*link))
		bpf_link__destroy(*link);
	*link = NULL;
}

void program_probes_detach(struct program_probes *probes)
{
	for (size_t i = 0; i < probes->count; i++) {
		detach(&probes->all[i].begins);
		detach(&probes->all[i].ends);
	}
}

void program_probes_close(struct program_probes *probes)
{
	program_probes_detach(probes);
	for (size_t i = 0; i < probes->count; i++)
		bpf_object__close(probes->all[i].object);
	free(probes->all);
	json_decref(probes->refused);
}
