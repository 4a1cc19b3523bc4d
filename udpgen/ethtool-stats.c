// SPDX-License-Identifier: Apache-2.0
#include "ethtool-stats.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ethtool.h"

/* Some drivers count a dozen things a queue, and have a hundred queues. */
#define STATS_MAX 4096

/* How many there are; 0 where the driver counts nothing. */
static uint32_t count_stats(int descriptor, const char *device)
{
	union {
		struct ethtool_sset_info info;
		unsigned char bytes[sizeof(struct ethtool_sset_info) + sizeof(uint32_t)];
	} request = { .info = { .cmd = ETHTOOL_GSSET_INFO, .sset_mask = 1ull << ETH_SS_STATS } };

	if (!ethtool_call(descriptor, device, &request) || request.info.sset_mask == 0)
		return 0;
	return request.info.data[0];
}

/* Names and values stand behind these heads, as the kernel lays them out. */
static union {
	struct ethtool_gstrings head;
	unsigned char bytes[sizeof(struct ethtool_gstrings) + STATS_MAX * ETH_GSTRING_LEN];
} strings;
static union {
	struct ethtool_stats head;
	unsigned char bytes[sizeof(struct ethtool_stats) + STATS_MAX * sizeof(uint64_t)];
} stats;

static bool add_stats(int descriptor, const char *device, json_t *values, struct failure *failure)
{
	uint32_t count = count_stats(descriptor, device);

	if (count == 0)
		return true;
	if (count > STATS_MAX)
		return fail(failure, "%s has %u statistics, more than %d", device, count,
			    STATS_MAX);
	strings.head.cmd = ETHTOOL_GSTRINGS;
	strings.head.string_set = ETH_SS_STATS;
	strings.head.len = count;
	stats.head.cmd = ETHTOOL_GSTATS;
	stats.head.n_stats = count;
	if (!ethtool_call(descriptor, device, &strings) ||
	    !ethtool_call(descriptor, device, &stats))
		return fail(failure, "could not read the statistics of %s: %s", device,
			    strerror(errno));
	for (uint32_t i = 0; i < count; i++) {
		const char *name = (const char *)strings.head.data + (size_t)i * ETH_GSTRING_LEN;
		char key[sizeof("ethtool.") + ETH_GSTRING_LEN];
		json_int_t value = (json_int_t)stats.head.data[i];

		snprintf(key, sizeof(key), "ethtool.%.*s", ETH_GSTRING_LEN, name);
		/* Twice the same name: queues that a driver does not number. */
		value += json_integer_value(json_object_get(values, key));
		json_object_set_new(values, key, json_integer(value));
	}
	return true;
}

bool add_ethtool_stats(json_t *devices, struct failure *failure)
{
	int descriptor = ethtool_open(failure);
	bool is_read = true;
	const char *device;
	json_t *values;

	if (descriptor < 0)
		return false;
	json_object_foreach (devices, device, values) {
		is_read = add_stats(descriptor, device, values, failure);
		if (!is_read)
			break;
	}
	close(descriptor);
	return is_read;
}
