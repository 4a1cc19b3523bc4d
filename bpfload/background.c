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

/* Entries that one call writes: a call for each takes three seconds of a million. */
enum {
	BATCH = 4096
};

/* Entries on their way into a map; values are zero. */
struct filling {
	int map;
	size_t key_bytes;
	unsigned char *keys, *values;
	/* Numbers below `numbers` whose keys were there before. */
	unsigned char *is_taken;
	uint64_t numbers;
	uint32_t waiting, written;
	/* Kernels before 5.6 take one at a time, and later ones of some kinds of map. */
	bool is_by_one;
};

/* The number, last byte last, in the last bytes of a key of ones. */
static void write_key(unsigned char *key, size_t bytes, uint32_t number)
{
	memset(key, 0xff, bytes);
	for (size_t i = 0; i < sizeof(number) && i < bytes; i++, number >>= 8)
		key[bytes - 1 - i] = number & 0xff;
}

/* The number of a key that write_key() could have written, or one that is too large. */
static uint64_t number_of(const unsigned char *key, size_t bytes)
{
	uint64_t number = 0;

	for (size_t i = 0; i < bytes; i++)
		if (i + sizeof(uint32_t) >= bytes)
			number = number << 8 | key[i];
		else if (key[i] != 0xff)
			return UINT64_MAX;
	return number;
}

static uint32_t mark_taken(const struct filling *filling, unsigned char *key)
{
	uint32_t found = 0;

	for (void *last = NULL; bpf_map_get_next_key(filling->map, last, key) == 0; last = key) {
		uint64_t number = number_of(key, filling->key_bytes);

		found++;
		if (filling->is_taken && number < filling->numbers)
			filling->is_taken[number] = 1;
	}
	return found;
}

static int write_one_by_one(struct filling *filling)
{
	int error = 0;

	for (uint32_t i = 0; !error && i < filling->waiting; i++) {
		error = bpf_map_update_elem(filling->map, filling->keys + i * filling->key_bytes,
					    filling->values, BPF_NOEXIST);
		if (!error)
			filling->written++;
	}
	return error;
}

static int write_waiting(struct filling *filling)
{
	uint32_t count = filling->waiting;
	int error = 0;

	if (!filling->is_by_one) {
		error = bpf_map_update_batch(filling->map, filling->keys, filling->values, &count,
					     NULL);
		/* At the first batch, of which none is written then. 524 is the kernel's ENOTSUPP. */
		filling->is_by_one = filling->written == 0 && (error == -EINVAL || error == -524);
		if (!error)
			filling->written += filling->waiting;
	}
	if (filling->is_by_one)
		error = write_one_by_one(filling);
	filling->waiting = 0;
	return error;
}

static int write_entries(struct filling *filling, uint32_t count)
{
	uint64_t most = filling->key_bytes < 4 ? 1ULL << (8 * filling->key_bytes) : 1ULL << 32;
	int error = 0;

	for (uint64_t number = 0; !error && filling->written + filling->waiting < count; number++) {
		if (number == most)
			return -E2BIG;
		if (filling->is_taken[number])
			continue;
		write_key(filling->keys + filling->waiting++ * filling->key_bytes,
			  filling->key_bytes, (uint32_t)number);
		if (filling->waiting == BATCH)
			error = write_waiting(filling);
	}
	return error || filling->waiting == 0 ? error : write_waiting(filling);
}

static bool fill_map(const struct bpf_map *map, uint32_t count, struct failure *failure)
{
	struct filling filling = { .map = bpf_map__fd(map), .key_bytes = bpf_map__key_size(map) };
	/* Of a map of every CPU, a value for each. */
	size_t value_bytes =
		(size_t)libbpf_num_possible_cpus() * ((bpf_map__value_size(map) + 7) & ~(size_t)7);
	int error = -ENOMEM;

	filling.keys = malloc(BATCH * filling.key_bytes);
	filling.values = calloc(BATCH, value_bytes);
	if (filling.keys && filling.values) {
		filling.numbers = (uint64_t)count + mark_taken(&filling, filling.keys) + 1;
		filling.is_taken = calloc(filling.numbers, 1);
	}
	if (filling.is_taken) {
		mark_taken(&filling, filling.keys);
		error = write_entries(&filling, count);
	}
	free(filling.keys);
	free(filling.values);
	free(filling.is_taken);
	return !error || fail(failure, "could not write entry %u of the background of map %s: %s",
			      filling.written + 1, bpf_map__name(map), strerror(-error));
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
