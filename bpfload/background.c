// SPDX-License-Identifier: Apache-2.0
#include "background.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct bpf_map *map_named(struct bpf_object *object, const char *name,
				 struct failure *failure)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);

	if (!map)
		fail(failure, "the object has no map \"%s\"", name);
	return map;
}

bool enlarge_maps(struct bpf_object *object, const struct instance_order *order,
		  struct failure *failure)
{
	const char *name;
	json_t *count;

	json_object_foreach (order->background, name, count) {
		struct bpf_map *map = map_named(object, name, failure);
		int error;

		if (!map)
			return false;
		error = bpf_map__set_max_entries(map, bpf_map__max_entries(map) +
							      (__u32)json_integer_value(count));
		if (error)
			return fail(failure, "could not enlarge map %s: %s", name,
				    strerror(-error));
	}
	return true;
}

/* The number, last byte last, in the last bytes of a key of ones. */
static void write_key(unsigned char *key, size_t bytes, uint32_t number)
{
	memset(key, 0xff, bytes);
	for (size_t i = 0; i < sizeof(number) && i < bytes; i++, number >>= 8)
		key[bytes - 1 - i] = number & 0xff;
}

static bool fill_map(const struct bpf_map *map, uint32_t count, struct failure *failure)
{
	size_t key_bytes = bpf_map__key_size(map), value_bytes = bpf_map__value_size(map);
	/* Of a map of every CPU, a value for each. */
	size_t cpus = (size_t)libbpf_num_possible_cpus();
	unsigned char *key = malloc(key_bytes);
	unsigned char *value = calloc(cpus, (value_bytes + 7) & ~(size_t)7);
	uint64_t numbers = key_bytes < 4 ? 1ULL << (8 * key_bytes) : 1ULL << 32;
	uint32_t added = 0;
	int error = key && value ? 0 : -ENOMEM;

	for (uint64_t number = 0; !error && added < count; number++) {
		if (number == numbers) {
			error = -E2BIG;
			break;
		}
		write_key(key, key_bytes, (uint32_t)number);
		error = bpf_map_update_elem(bpf_map__fd(map), key, value, BPF_NOEXIST);
		if (!error)
			added++;
		else if (error == -EEXIST)
			error = 0;
	}
	free(key);
	free(value);
	return !error || fail(failure, "could not write entry %u of the background of map %s: %s",
			      added + 1, bpf_map__name(map), strerror(-error));
}

bool fill_background(struct bpf_object *object, const struct instance_order *order,
		     struct failure *failure)
{
	const char *name;
	json_t *count;

	json_object_foreach (order->background, name, count) {
		struct bpf_map *map = map_named(object, name, failure);

		if (!map || !fill_map(map, (uint32_t)json_integer_value(count), failure))
			return false;
	}
	return true;
}
