// SPDX-License-Identifier: Apache-2.0
#include "constants.h"

#include <bpf/btf.h>
#include <string.h>

#include "hexadecimal.h"

/* Where a variable is in the bytes of a map, if it is there: its size is that of its type. */
static bool find_variable(const struct btf *btf, const struct bpf_map *map, const char *name,
			  struct btf_var_secinfo *found)
{
	/* libbpf names such a map by the object and the section: `redirect.rodata`. */
	const char *section = strchr(bpf_map__name(map), '.');
	const struct btf_var_secinfo *variables;
	const struct btf_type *type;
	int id;

	if (!section)
		return false;
	id = btf__find_by_name_kind(btf, section, BTF_KIND_DATASEC);
	if (id < 0)
		return false;
	type = btf__type_by_id(btf, (uint32_t)id);
	variables = btf_var_secinfos(type);
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_type *variable = btf__type_by_id(btf, variables[i].type);

		if (strcmp(btf__name_by_offset(btf, variable->name_off), name) != 0)
			continue;
		*found = variables[i];
		return true;
	}
	return false;
}

static bool set_constant(struct bpf_object *object, const struct constant_order *order,
			 struct failure *failure)
{
	const struct btf *btf = bpf_object__btf(object);
	struct btf_var_secinfo place;
	struct bpf_map *map;

	bpf_object__for_each_map (map, object) {
		unsigned char *contents;
		size_t bytes;

		if (!bpf_map__is_internal(map) || !find_variable(btf, map, order->name, &place))
			continue;
		contents = (unsigned char *)bpf_map__initial_value(map, &bytes);
		if (!contents || place.offset + place.size > bytes)
			return fail(failure, "variable %s cannot be set", order->name);
		return bytes_from_hexadecimal(contents + place.offset, place.size, order->bytes) ||
		       fail(failure, "variable %s has %u bytes, and the value %zu", order->name,
			    place.size, strlen(order->bytes) / 2);
	}
	return fail(failure, "the object has no global variable \"%s\"", order->name);
}

bool set_constants(struct bpf_object *object, const struct instance_order *order,
		   struct failure *failure)
{
	struct constant_order constant;
	json_t *value;
	size_t i;

	json_array_foreach (order->constants, i, value)
		if (!parse_constant(&constant, value, failure) ||
		    !set_constant(object, &constant, failure))
			return false;
	return true;
}
