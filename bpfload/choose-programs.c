// SPDX-License-Identifier: Apache-2.0
#include "choose-programs.h"

#include <string.h>

#include "map-programs.h"

static void load_by_name(const char *name, void *object)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, name);

	if (program)
		bpf_program__set_autoload(program, true);
}

static enum bpf_prog_type type_of(const struct program_order *order)
{
	if (strcmp(order->type, "socket") == 0)
		return BPF_PROG_TYPE_CGROUP_SOCK_ADDR;
	return strcmp(order->type, "xdp") == 0 ? BPF_PROG_TYPE_XDP : BPF_PROG_TYPE_SCHED_CLS;
}

static const char *type_words(enum bpf_prog_type type)
{
	switch (type) {
	case BPF_PROG_TYPE_XDP:
		return "an XDP program";
	case BPF_PROG_TYPE_SCHED_CLS:
		return "a TC program";
	case BPF_PROG_TYPE_CGROUP_SOCK_ADDR:
		return "a program for sockets' addresses";
	default:
		return "of none of the types that hooks take";
	}
}

/* What a place takes. */
static const char *taken_words(enum bpf_prog_type type)
{
	switch (type) {
	case BPF_PROG_TYPE_XDP:
		return "XDP programs";
	case BPF_PROG_TYPE_CGROUP_SOCK_ADDR:
		return "programs for sockets' addresses";
	default:
		return "TC programs";
	}
}

/* Chooses a program for a place that takes one type. `taker` is that place, as in "its hook". */
static struct bpf_program *choose(struct bpf_object *object, const char *name,
				  enum bpf_prog_type wanted, const char *taker,
				  struct failure *failure)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, name);
	enum bpf_prog_type type = program ? bpf_program__type(program) : BPF_PROG_TYPE_UNSPEC;

	if (!program) {
		fail(failure, "the object has no program \"%s\"", name);
		return NULL;
	}
	if (type == BPF_PROG_TYPE_UNSPEC && wanted == BPF_PROG_TYPE_CGROUP_SOCK_ADDR) {
		fail(failure,
		     "%s does not say by its section which address it is for, as in "
		     "SEC(\"cgroup/connect4\")",
		     name);
		return NULL;
	}
	if (type == BPF_PROG_TYPE_UNSPEC) {
		bpf_program__set_type(program, wanted);
	} else if (type != wanted) {
		fail(failure, "%s is %s by its section, SEC(\"%s\"); %s takes %s", name,
		     type_words(type), bpf_program__section_name(program), taker,
		     taken_words(wanted));
		return NULL;
	}
	bpf_program__set_autoload(program, true);
	return program;
}

/* The map whose entries a program is for; NULL for one that is attached to a device. */
static const char *map_words(enum bpf_attach_type type)
{
	return type == BPF_XDP_DEVMAP	? "a device map"
	       : type == BPF_XDP_CPUMAP ? "a CPU map"
					: NULL;
}

static bool choose_for_hook(struct bpf_object *object, const struct program_order *order,
			    struct failure *failure)
{
	struct bpf_program *program =
		choose(object, order->name, type_of(order), "its hook", failure);
	const char *map = program ? map_words(bpf_program__expected_attach_type(program)) : NULL;

	if (map)
		fail(failure,
		     "%s is a program for entries of %s; the kernel attaches none of these to a "
		     "device",
		     order->name, map);
	return program && !map;
}

/*
 * The kernel takes only programs that were loaded for it (__dev_map_alloc_node() in kernel/bpf/devmap.c,
 * __cpu_map_load_bpf_program() in kernel/bpf/cpumap.c).
 */
static bool choose_for_target(struct bpf_object *object, const struct entry_order *entry,
			      enum bpf_attach_type wanted, struct failure *failure)
{
	struct bpf_program *program =
		choose(object, entry->program, BPF_PROG_TYPE_XDP, map_words(wanted), failure);
	enum bpf_attach_type type;

	if (!program)
		return false;
	type = bpf_program__expected_attach_type(program);
	if (map_words(type) && type != wanted)
		return fail(failure, "%s is a program for entries of %s, and map %s is %s",
			    entry->program, map_words(type), entry->map, map_words(wanted));
	bpf_program__set_expected_attach_type(program, wanted);
	return true;
}

static bool choose_for_entry(struct bpf_object *object, const struct entry_order *entry,
			     struct failure *failure)
{
	const struct bpf_map *map = bpf_object__find_map_by_name(object, entry->map);

	switch (map ? bpf_map__type(map) : BPF_MAP_TYPE_UNSPEC) {
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_DEVMAP_HASH:
		return choose_for_target(object, entry, BPF_XDP_DEVMAP, failure);
	case BPF_MAP_TYPE_CPUMAP:
		return choose_for_target(object, entry, BPF_XDP_CPUMAP, failure);
	default:
		load_by_name(entry->program, object);
	}
	return true;
}

/* A program that is called by others of the named ones is of their type. */
static void give_type(struct bpf_object *object, enum bpf_prog_type type)
{
	struct bpf_program *program;

	bpf_object__for_each_program (program, object)
		if (bpf_program__autoload(program) &&
		    bpf_program__type(program) == BPF_PROG_TYPE_UNSPEC)
			bpf_program__set_type(program, type);
}

bool choose_programs(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure)
{
	struct program_order named = { 0 };
	struct entry_order entry;
	struct bpf_program *program;
	json_t *value;
	size_t i;

	bpf_object__for_each_program (program, object)
		bpf_program__set_autoload(program, false);
	if (!for_each_map_program(order->object, load_by_name, object, failure))
		return false;
	json_array_foreach (order->entries, i, value)
		if (!parse_entry(&entry, value, failure) ||
		    (entry.program && !choose_for_entry(object, &entry, failure)))
			return false;
	json_array_foreach (order->programs, i, value)
		if (!parse_program(&named, value, failure) ||
		    !choose_for_hook(object, &named, failure))
			return false;
	if (named.type)
		give_type(object, type_of(&named));
	return true;
}
