// SPDX-License-Identifier: Apache-2.0
#include "map-pins.h"

#include <bpf/bpf.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

bool share_maps(struct bpf_object *object, const struct instance_order *order,
		struct failure *failure)
{
	json_t *value;
	size_t i;

	json_array_foreach (order->shared_maps, i, value) {
		const char *name = json_string_value(value);
		struct bpf_map *map = name ? bpf_object__find_map_by_name(object, name) : NULL;
		char pin[PATH_MAX];
		int error;

		if (!map)
			return fail(failure, "the object has no map \"%s\"", name ? name : "");
		snprintf(pin, sizeof(pin), "%s/%s", order->pin_root, name);
		error = bpf_map__set_pin_path(map, pin);
		if (error)
			return fail(failure, "map %s cannot be shared: %s", name, strerror(-error));
	}
	return true;
}

/* The pin of a map of global variables has its section's name; bpffs takes no dot. */
static void name_pin(char *pin, size_t bytes, const char *folder, const struct bpf_map *map)
{
	const char *section = strchr(bpf_map__name(map), '.');
	char *name;

	snprintf(pin, bytes, "%s/%s", folder, section ? section : bpf_map__name(map));
	name = strrchr(pin, '/');
	while ((name = strchr(name, '.')))
		*name = '_';
}

bool pin_maps(struct bpf_object *object, const char *folder, struct failure *failure)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, object) {
		char pin[PATH_MAX];
		int error;

		name_pin(pin, sizeof(pin), folder, map);
		/* None where an internal map is not made: of an object without such variables. */
		if (bpf_map__fd(map) < 0)
			continue;
		error = bpf_obj_pin(bpf_map__fd(map), pin);
		if (error)
			return fail(failure, "could not pin map %s at %s: %s", bpf_map__name(map),
				    pin, strerror(-error));
	}
	return true;
}
