// SPDX-License-Identifier: Apache-2.0
#include "map-sizes.h"

#include <string.h>

bool size_maps(struct bpf_object *object, const struct instance_order *order,
	       struct failure *failure)
{
	const char *name;
	json_t *count;

	json_object_foreach (order->map_sizes, name, count) {
		struct bpf_map *map = bpf_object__find_map_by_name(object, name);
		int error;

		if (!map)
			return fail(failure, "the object has no map \"%s\"", name);
		error = bpf_map__set_max_entries(map, (__u32)json_integer_value(count));
		if (error)
			return fail(failure, "could not give map %s room for %lld entries: %s",
				    name, (long long)json_integer_value(count), strerror(-error));
	}
	return true;
}
