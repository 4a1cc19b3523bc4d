// SPDX-License-Identifier: Apache-2.0
#include "trace.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "messages.h"
#include "trace-events.h"
#include "trace-programs.h"
#include "trace-stations.h"

/* All that sees packets, and what they are seen as. */
struct tracing {
	struct stations stations;
	struct program_probes programs;
	struct events events;
};

/* What is to be followed. */
struct trace_order {
	const char *object;
	const char *program_object;
	json_t *namespaces;
	json_t *programs;
	json_int_t events_max;
};

/* Tracepoints that were there before all of the arguments that are read here, and how many these are. */
static const struct {
	const char *name;
	__u16 arguments;
} grown[] = { { "xdp_redirect", 7 }, { "xdp_redirect_err", 7 } };

/* Of a tracepoint by its type, a pointer to a function whose first argument is the tracer's own. */
static bool takes(const struct btf *kernel, __s32 type, __u16 arguments)
{
	const struct btf_type *pointer =
		btf__type_by_id(kernel, btf__type_by_id(kernel, (__u32)type)->type);
	const struct btf_type *function = pointer ? btf__type_by_id(kernel, pointer->type) : NULL;

	return function && btf_is_func_proto(function) && btf_vlen(function) >= arguments + 1;
}

/* Whether the kernel has the tracepoint of a program, with all of the arguments that it reads. */
static bool has_tracepoint(const struct btf *kernel, const struct bpf_program *program)
{
	const char *tracepoint = strchr(bpf_program__section_name(program), '/');
	char name[128];
	__s32 type;
	size_t i;

	if (!tracepoint++)
		return false;
	snprintf(name, sizeof(name), "btf_trace_%s", tracepoint);
	type = btf__find_by_name_kind(kernel, name, BTF_KIND_TYPEDEF);
	if (type < 0)
		return false;
	for (i = 0; i < sizeof(grown) / sizeof(*grown); i++)
		if (strcmp(tracepoint, grown[i].name) == 0 &&
		    !takes(kernel, type, grown[i].arguments))
			return false;
	/* Before Linux 5.17 nobody says why a packet is dropped. */
	return strcmp(tracepoint, "kfree_skb") != 0 ||
	       btf__find_by_name_kind(kernel, "skb_drop_reason", BTF_KIND_ENUM) > 0;
}

/* Opens and loads all that the kernel has; NULL if it refuses. */
static struct bpf_object *load(const char *file, const struct btf *kernel, bool with_netfilter)
{
	struct bpf_object *object = bpf_object__open_file(file, NULL);
	struct bpf_program *program;

	if (libbpf_get_error(object))
		return NULL;
	bpf_object__for_each_program (program, object) {
		bool is_hook = is_netfilter_hook(program);

		bpf_program__set_autoload(program, is_hook ? with_netfilter
							   : has_tracepoint(kernel, program));
		if (is_hook)
			make_netfilter_hook(program);
	}
	if (events_make_room(object) && !bpf_object__load(object))
		return object;
	bpf_object__close(object);
	return NULL;
}

static void detach(struct tracing *tracing)
{
	program_probes_detach(&tracing->programs);
	stations_detach(&tracing->stations);
}

static bool attach(struct tracing *tracing, const char *which, struct failure *failure)
{
	bool only_calls = strcmp(which, "calls") == 0;
	enum probes probes = only_calls			  ? PROBES_CALLS
			     : strcmp(which, "rest") == 0 ? PROBES_REST
							  : PROBES_ALL;

	return stations_attach(&tracing->stations, probes, failure) &&
	       (only_calls || program_probes_attach(&tracing->programs, failure));
}

static json_t *carry_out(struct tracing *tracing, json_t *order)
{
	const char *which = json_string_value(json_object_get(order, "attach"));
	struct failure failure = { 0 };

	if (json_object_get(order, "take"))
		return events_take(&tracing->events);
	if (json_object_get(order, "detach")) {
		detach(tracing);
		events_drop(&tracing->events);
		return json_pack("{s:b}", "detached", 1);
	}
	if (attach(tracing, which ? which : "all", &failure))
		return json_pack("{s:b}", "attached", 1);
	detach(tracing);
	return json_pack("{s:s}", "error", failure.message);
}

static void say(json_t *answer)
{
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(answer);
}

static void converse(struct tracing *tracing)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		json_t *order = json_loads(line, 0, NULL);

		/* What is left of the first order's line. */
		if (!order)
			continue;
		say(carry_out(tracing, order));
		json_decref(order);
	}
	free(line);
}

static bool prepare(struct tracing *tracing, const struct trace_order *order,
		    const struct btf *kernel, struct failure *failure)
{
	struct stations *stations = &tracing->stations;

	tracing->events.kernel = kernel;
	tracing->events.programs = &tracing->programs;
	messages_forget();
	stations->object = load(order->object, kernel, true);
	if (!stations->object)
		stations->object = load(order->object, kernel, false);
	if (!stations->object)
		return fail(failure, "the kernel takes none of its programs");
	return stations_watch(stations, order->namespaces, failure) &&
	       program_probes_open(&tracing->programs, order->program_object, order->programs,
				   stations->object, failure) &&
	       events_open(&tracing->events, stations->object, (__u64)order->events_max, failure);
}

static bool follow(const struct trace_order *order, struct failure *failure)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct tracing tracing = { 0 };
	bool is_ready;

	if (libbpf_get_error(kernel))
		return fail(failure, "the kernel says nothing of its own types (BTF)");
	is_ready = prepare(&tracing, order, kernel, failure);
	if (is_ready) {
		json_t *there = stations_describe(&tracing.stations);

		json_object_set(there, "refused", tracing.programs.refused);
		say(there);
		converse(&tracing);
	}
	detach(&tracing);
	program_probes_close(&tracing.programs);
	stations_close(&tracing.stations);
	events_close(&tracing.events);
	btf__free(kernel);
	return is_ready;
}

int trace(json_t *order)
{
	struct trace_order read = { 0 };
	struct failure failure = { 0 };
	json_error_t error;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:s, s:s, s:o, s:o, s:I}", "object",
			   &read.object, "programObject", &read.program_object, "namespaces",
			   &read.namespaces, "programs", &read.programs, "eventsMax",
			   &read.events_max)) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	if (follow(&read, &failure))
		return EXIT_SUCCESS;
	say(json_pack("{s:s, s:s}", "error", failure.message, "messages", messages_end()));
	return EXIT_FAILURE;
}
