// SPDX-License-Identifier: Apache-2.0
#include "bpf-map.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hex.h"

#define KEY_BYTES_MAX	512
#define VALUE_BYTES_MAX 4096

static long bpf(int command, union bpf_attr *attributes)
{
	return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static int open_map(const char *pin, struct failure *failure)
{
	union bpf_attr attributes;
	int descriptor;

	memset(&attributes, 0, sizeof(attributes));
	attributes.pathname = (uint64_t)(uintptr_t)pin;
	attributes.file_flags = BPF_F_RDONLY;
	descriptor = (int)bpf(BPF_OBJ_GET, &attributes);
	if (descriptor < 0)
		fail(failure, "could not open map %s: %s", pin, strerror(errno));
	return descriptor;
}

static bool read_map_info(int descriptor, const char *pin, struct bpf_map_info *info,
			  struct failure *failure)
{
	union bpf_attr attributes;

	memset(info, 0, sizeof(*info));
	memset(&attributes, 0, sizeof(attributes));
	attributes.info.bpf_fd = (uint32_t)descriptor;
	attributes.info.info_len = sizeof(*info);
	attributes.info.info = (uint64_t)(uintptr_t)info;
	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attributes) != 0)
		return fail(failure, "the kernel does not tell of %s: %s", pin, strerror(errno));
	if (info->key_size > KEY_BYTES_MAX || info->value_size > VALUE_BYTES_MAX)
		return fail(failure, "%s has keys or values too long to be read", pin);
	return true;
}

static bool has_value_per_cpu(uint32_t type)
{
	return type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

/* Those that the kernel gives values of, present or not: the last number in the list, and 0. */
static uint32_t count_possible_cpus(void)
{
	static uint32_t count;
	FILE *file;
	char list[128];

	if (count > 0)
		return count;
	file = fopen("/sys/devices/system/cpu/possible", "re");
	if (!file)
		return 0;
	if (fgets(list, sizeof(list), file)) {
		const char *last = strpbrk(list, "-,") ? strrchr(list, '-') : list - 1;

		if (last && strrchr(list, ',') > last)
			last = strrchr(list, ',');
		count = last ? (uint32_t)strtoul(last + 1, NULL, 10) + 1 : 0;
	}
	fclose(file);
	return count;
}

static json_t *encode_values(const unsigned char *values, uint32_t count, uint32_t value_bytes,
			     uint32_t stride)
{
	static char digits[2 * VALUE_BYTES_MAX + 1];
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++) {
		hex_encode(values + (size_t)i * stride, value_bytes, digits);
		json_array_append_new(list, json_string(digits));
	}
	return list;
}

static json_t *look_up(int descriptor, const char *pin, const char *key, struct failure *failure)
{
	unsigned char key_bytes[KEY_BYTES_MAX];
	struct bpf_map_info info;
	union bpf_attr attributes;
	uint32_t count = 1, stride;
	unsigned char *values;
	json_t *list = NULL;

	if (!read_map_info(descriptor, pin, &info, failure))
		return NULL;
	if (hex_decode(key, key_bytes, sizeof(key_bytes)) != (long)info.key_size) {
		fail(failure, "a key of %s is %u bytes of two hexadecimal digits", pin,
		     info.key_size);
		return NULL;
	}
	/* Of per-CPU maps each value is padded to 8 bytes (bpf_percpu_array_copy() in arraymap.c). */
	stride = (info.value_size + 7) / 8 * 8;
	if (has_value_per_cpu(info.type))
		count = count_possible_cpus();
	if (count == 0) {
		fail(failure, "the kernel does not tell how many CPUs there may be");
		return NULL;
	}
	values = calloc(count, stride);
	if (!values) {
		fail(failure, "no memory for a value of %s", pin);
		return NULL;
	}
	memset(&attributes, 0, sizeof(attributes));
	attributes.map_fd = (uint32_t)descriptor;
	attributes.key = (uint64_t)(uintptr_t)key_bytes;
	attributes.value = (uint64_t)(uintptr_t)values;
	if (bpf(BPF_MAP_LOOKUP_ELEM, &attributes) == 0)
		list = encode_values(values, count, info.value_size, stride);
	else if (errno == ENOENT)
		list = json_array();
	else
		fail(failure, "could not read %s: %s", pin, strerror(errno));
	free(values);
	return list;
}

json_t *read_map_value(const char *pin, const char *key, struct failure *failure)
{
	int descriptor = open_map(pin, failure);
	json_t *list;

	if (descriptor < 0)
		return NULL;
	list = look_up(descriptor, pin, key, failure);
	close(descriptor);
	return list;
}
