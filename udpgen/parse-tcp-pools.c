// SPDX-License-Identifier: Apache-2.0
#include "parse-tcp-pools.h"

#include <stdio.h>
#include <string.h>

#include "fields.h"

#define MSS_BYTES_MIN	 88 /* TCP_MIN_MSS in include/net/tcp.h */
#define MSS_BYTES_MAX	 32767
#define BUSY_POLL_US_MAX 1000000

static bool parse_pool(struct tcp_pool_plan *pool, json_t *value, struct failure *failure)
{
	const char *congestion = "";
	json_int_t connections, mss = 0, busy_poll = 0;
	int no_delay = 1, quick_ack = 0, zerocopy = 0;
	json_error_t error;

	if (json_unpack_ex(value, &error, JSON_STRICT, "{s:I, s?b, s?b, s?b, s?I, s?I, s?s}",
			   "connections", &connections, "noDelay", &no_delay, "quickAck",
			   &quick_ack, "zerocopy", &zerocopy, "mssBytes", &mss, "busyPollUs",
			   &busy_poll, "congestion", &congestion))
		return fail(failure, "%s", error.text);
	pool->connections = (uint32_t)connections;
	pool->settings.mss_bytes = (uint32_t)mss;
	pool->settings.busy_poll_us = (uint32_t)busy_poll;
	pool->settings.no_delay = no_delay;
	pool->settings.quick_ack = quick_ack;
	pool->settings.zerocopy = zerocopy;
	if (strlen(congestion) >= sizeof(pool->settings.congestion))
		return fail(failure, "congestion \"%.40s\" is too long", congestion);
	snprintf(pool->settings.congestion, sizeof(pool->settings.congestion), "%s", congestion);
	return check_range(connections, "connections", 0, TCP_CONNECTIONS_MAX, failure) &&
	       (mss == 0 || check_range(mss, "mssBytes", MSS_BYTES_MIN, MSS_BYTES_MAX, failure)) &&
	       check_range(busy_poll, "busyPollUs", 0, BUSY_POLL_US_MAX, failure);
}

bool parse_tcp_pools(struct path_plan *plan, json_t *list, struct failure *failure)
{
	json_t *value;
	size_t i;

	plan->pools_count = 0;
	if (!list)
		return true;
	if (json_array_size(list) < 1 || json_array_size(list) > TCP_POOLS_MAX)
		return fail(failure, "tcp is not a list of 1 to %d", TCP_POOLS_MAX);
	json_array_foreach (list, i, value) {
		struct failure cause = { 0 };

		if (!parse_pool(&plan->pools[i], value, &cause))
			return fail(failure, "tcp[%zu]: %s", i, cause.message);
	}
	plan->pools_count = (uint32_t)i;
	return true;
}
