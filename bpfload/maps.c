// SPDX-License-Identifier: Apache-2.0
#include "maps.h"

#include <bpf/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "hexadecimal.h"

/* The kernel's limit for the values of most maps, a CPU (KMALLOC_MAX_SIZE is above). */
#define VALUE_BYTES_MAX (1 << 20)

static bool is_per_cpu(enum bpf_map_type type)
{
	return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

/* The same on every CPU; the kernel takes values whose size is rounded up to 8 bytes. */
static unsigned char *for_every_cpu(const unsigned char *value, size_t bytes)
{
	size_t stride = (bytes + 7) & ~(size_t)7;
	int cpus = libbpf_num_possible_cpus();
	unsigned char *values = cpus > 0 ? calloc((size_t)cpus, stride) : NULL;

	for (int i = 0; values && i < cpus; i++)
		memcpy(values + (size_t)i * stride, value, bytes);
	return values;
}

static bool update(const struct bpf_map *map, const unsigned char *key, const unsigned char *value,
		   struct failure *failure)
{
	unsigned char *values = NULL;
	int error;

	if (is_per_cpu(bpf_map__type(map))) {
		values = for_every_cpu(value, bpf_map__value_size(map));
		if (!values)
			return fail(failure, "no memory for map %s", bpf_map__name(map));
	}
	/* What has no keys is pushed (queue_stack_map_push_elem() in the kernel). */
	error = bpf_map_update_elem(bpf_map__fd(map), bpf_map__key_size(map) ? key : NULL,
				    values ? values : value, BPF_ANY);
	free(values);
	return !error || fail(failure, "could not write an entry of map %s: %s", bpf_map__name(map),
			      strerror(-error));
}

/* What stands for a program or an inner map in the system call: its descriptor. */
static int descriptor_of(struct bpf_object *object, const struct entry_order *entry)
{
	struct bpf_program *program;

	if (entry->inner_map)
		return bpf_object__find_map_fd_by_name(object, entry->inner_map);
	program = bpf_object__find_program_by_name(object, entry->program);
	return program ? bpf_program__fd(program) : -1;
}

static bool read_value(unsigned char *value, size_t bytes, struct bpf_object *object,
		       const struct entry_order *entry)
{
	int descriptor;

	if (entry->value && !bytes_from_hexadecimal(value, bytes, entry->value))
		return false;
	if (!entry->program && !entry->inner_map)
		return true;
	descriptor = descriptor_of(object, entry);
	/* The value of a device or a CPU map ends with its program (include/uapi/linux/bpf.h). */
	if (descriptor < 0 || bytes != sizeof(descriptor) * (entry->value ? 2 : 1))
		return false;
	memcpy(value + bytes - sizeof(descriptor), &descriptor, sizeof(descriptor));
	return true;
}

static bool write_entry(struct bpf_object *object, const struct entry_order *entry,
			struct failure *failure)
{
	const struct bpf_map *map = bpf_object__find_map_by_name(object, entry->map);
	size_t key_bytes, value_bytes;
	unsigned char *bytes;
	bool is_written;

	if (!map)
		return fail(failure, "the object has no map \"%s\"", entry->map);
	key_bytes = bpf_map__key_size(map);
	value_bytes = bpf_map__value_size(map);
	bytes = value_bytes <= VALUE_BYTES_MAX ? malloc(key_bytes + value_bytes + 1) : NULL;
	if (!bytes)
		return fail(failure, "a value of map %s has %zu bytes", entry->map, value_bytes);
	if (!bytes_from_hexadecimal(bytes, key_bytes, entry->key) ||
	    !read_value(bytes + key_bytes, value_bytes, object, entry))
		is_written = fail(failure, "an entry does not fit map %s, of %zu bytes to %zu",
				  entry->map, key_bytes, value_bytes);
	else
		is_written = update(map, bytes, bytes + key_bytes, failure);
	free(bytes);
	return is_written;
}

bool fill_maps(struct bpf_object *object, const struct instance_order *order,
	       struct failure *failure)
{
	struct entry_order entry;
	json_t *value;
	size_t i;

	json_array_foreach (order->entries, i, value)
		if (!parse_entry(&entry, value, failure) || !write_entry(object, &entry, failure))
			return false;
	return true;
}
