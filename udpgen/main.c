// SPDX-License-Identifier: Apache-2.0
/*
 * udpgen: drives UDP packets along paths and records what became of them. Reads commands from
 * standard input and writes answers to standard output, both as one JSON object a line. With arguments, it only tries
 * whether the kernel has what an engine of floods needs: see try-engine.h.
 */
#include <jansson.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "clock.h"
#include "commands.h"
#include "payload-pattern.h"
#include "protocol.h"
#include "stream-pattern.h"
#include "try-engine.h"
#include "workers.h"

/* Writes the line and frees the answer. False if nobody reads any more. */
static bool answer_with(json_t *answer)
{
	bool written = json_dumpf(answer, stdout, JSON_COMPACT) == 0 &&
		       fputc('\n', stdout) != EOF && fflush(stdout) == 0;

	json_decref(answer);
	return written;
}

static bool announce(void)
{
	/* A page fault within a trial would be measured as the path's. Goes on where not allowed. */
	bool is_memory_locked = mlockall(MCL_CURRENT | MCL_FUTURE) == 0;

	return answer_with(json_pack(
		"{s:s, s:i, s:s, s:b, s:I, s:i}", "event", "ready", "protocol", PROTOCOL_VERSION,
		"version", UDPGEN_VERSION, "memoryLocked", is_memory_locked, "originS",
		(json_int_t)(clock_origin_ns / NS_PER_S), "floodPauseNs", FLOOD_PAUSE_NS));
}

/*
 * A socket a flow is more than the 1,024 descriptors that processes start with for select()'s sake.
 * Where even the most is too few, opening says so.
 */
static void allow_many_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int count, char **arguments)
{
	char *line = NULL;
	size_t line_bytes = 0;
	bool is_read;
	int error;

	if (count > 1)
		return try_engine(count - 1, arguments + 1);
	signal(SIGPIPE, SIG_IGN);
	allow_many_descriptors();
	payload_pattern_fill();
	stream_pattern_fill();
	clock_origin_ns = now_ns() / NS_PER_S * NS_PER_S;
	error = workers_start();
	if (error) {
		fprintf(stderr, "udpgen: could not start its threads: %s\n", strerror(error));
		return EXIT_FAILURE;
	}
	is_read = announce();
	while (is_read && getline(&line, &line_bytes, stdin) > 0)
		is_read = answer_with(carry_out(line));
	free(line);
	return is_read ? EXIT_SUCCESS : EXIT_FAILURE;
}
