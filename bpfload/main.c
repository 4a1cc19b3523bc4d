// SPDX-License-Identifier: Apache-2.0
/*
 * bpfload: loads BPF objects as an order on standard input says, {instances: […]}, and answers on
 * standard output, {instances: […]} in the same order. One that fails does not keep the others from
 * being loaded; the exit code is then 1, and standard error has what failed, a line each.
 *
 * bpfload watch: see watch.h. bpfload hold: see hold.h. bpfload trace: see trace.h.
 * bpfload adopt, bpfload programs DEVICE TYPE: see adopt.h.
 * bpfload link DEVICE TYPE PROGRAM-PIN LINK-PIN: see link.h.
 * bpfload stats: ends with 0 where the kernel counts runs of programs when it is asked to.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "adopt.h"
#include "hold.h"
#include "link.h"
#include "load.h"
#include "messages.h"
#include "trace.h"
#include "watch.h"

/* Kernels before 5.11 count maps and programs as locked memory. */
static void lift_memory_limit(void)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_MEMLOCK, &none);
}

static bool report_failure(json_t *answer)
{
	if (strcmp(json_string_value(json_object_get(answer, "state")), "failed") != 0)
		return false;
	fprintf(stderr, "%s\n", json_string_value(json_object_get(answer, "error")));
	return true;
}

static int load(json_t *order)
{
	json_t *instances, *instance, *answers = json_array();
	bool has_failed = false;
	json_error_t error;
	size_t i;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:o}", "instances", &instances)) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	json_array_foreach (instances, i, instance) {
		json_t *answer = load_instance(instance);

		has_failed |= report_failure(answer);
		json_array_append_new(answers, answer);
	}
	answers = json_pack("{s:o}", "instances", answers);
	json_dumpf(answers, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(answers);
	return has_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Counting ends with the descriptor: it is tried, and nothing is left on. */
static int try_stats(void)
{
	int descriptor = bpf_enable_stats(BPF_STATS_RUN_TIME);

	if (descriptor < 0) {
		fprintf(stderr, "the kernel does not count runs of programs: %s\n",
			strerror(errno));
		return EXIT_FAILURE;
	}
	close(descriptor);
	return EXIT_SUCCESS;
}

static bool is_called(int argument_count, char **arguments, const char *name)
{
	return argument_count > 1 && strcmp(arguments[1], name) == 0;
}

int main(int argument_count, char **arguments)
{
	bool is_watching = is_called(argument_count, arguments, "watch");
	bool is_adopting = is_called(argument_count, arguments, "adopt");
	bool is_tracing = is_called(argument_count, arguments, "trace");
	json_error_t error;
	json_t *order;
	int code;

	if (is_called(argument_count, arguments, "stats"))
		return try_stats();
	if (is_called(argument_count, arguments, "hold"))
		return hold();
	if (is_called(argument_count, arguments, "programs") && argument_count == 4)
		return list_programs(arguments[2], arguments[3]);
	if (is_called(argument_count, arguments, "link") && argument_count == 6)
		return pin_link(arguments[2], arguments[3], arguments[4], arguments[5]);
	/* What follows the order is for whoever waits for the end. */
	order = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, &error);
	if (!order) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	lift_memory_limit();
	messages_keep();
	code = is_watching   ? watch(order)
	       : is_adopting ? adopt(order)
	       : is_tracing  ? trace(order)
			     : load(order);
	json_decref(order);
	return code;
}
