// SPDX-License-Identifier: Apache-2.0
#include "trace.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace-events.h"
#include "trace-stations.h"

/* Whether the kernel has the tracepoint of a program, with all of the arguments that it reads. */
static bool has_tracepoint(const struct btf *kernel, const struct bpf_program *program)
{
	const char *tracepoint = strchr(bpf_program__section_name(program), '/');
	char type[128];

	if (!tracepoint)
		return false;
	snprintf(type, sizeof(type), "btf_trace_%s", tracepoint + 1);
	if (btf__find_by_name_kind(kernel, type, BTF_KIND_TYPEDEF) < 0)
		return false;
	/* Before Linux 5.17 nobody says why a packet is dropped. */
	return strcmp(tracepoint + 1, "kfree_skb") != 0 ||
	       btf__find_by_name_kind(kernel, "skb_drop_reason", BTF_KIND_ENUM) > 0;
}

/* Opens and loads all that the kernel has; NULL if it refuses. */
static struct bpf_object *load(const char *file, const struct btf *kernel, __u64 events_max,
			       bool with_netfilter)
{
	struct bpf_object *object = bpf_object__open_file(file, NULL);
	struct bpf_program *program;
	struct bpf_map *events;

	if (libbpf_get_error(object))
		return NULL;
	bpf_object__for_each_program (program, object) {
		bool is_hook = is_netfilter_hook(program);

		bpf_program__set_autoload(program, is_hook ? with_netfilter
							   : has_tracepoint(kernel, program));
		if (is_hook)
			make_netfilter_hook(program);
	}
	events = bpf_object__find_map_by_name(object, "events");
	if (events && !bpf_map__set_max_entries(events, ring_bytes(events_max)) &&
	    !bpf_object__load(object))
		return object;
	bpf_object__close(object);
	return NULL;
}

static json_t *carry_out(struct stations *stations, struct events *events, json_t *order)
{
	const char *which = json_string_value(json_object_get(order, "attach"));
	struct failure failure = { 0 };

	if (json_object_get(order, "take"))
		return events_take(events);
	if (json_object_get(order, "detach")) {
		stations_detach(stations);
		return json_pack("{s:b}", "detached", 1);
	}
	if (stations_attach(stations, which && strcmp(which, "calls") == 0, &failure))
		return json_pack("{s:b}", "attached", 1);
	stations_detach(stations);
	return json_pack("{s:s}", "error", failure.message);
}

static void say(json_t *answer)
{
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(answer);
}

static void converse(struct stations *stations, struct events *events)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		json_t *order = json_loads(line, 0, NULL);

		/* What is left of the first order's line. */
		if (!order)
			continue;
		say(carry_out(stations, events, order));
		json_decref(order);
	}
	free(line);
}

static bool follow(const char *file, json_t *files, __u64 events_max, struct failure *failure)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct stations stations = { 0 };
	struct events events = { 0 };
	bool is_ready;

	if (libbpf_get_error(kernel))
		return fail(failure, "the kernel says nothing of its own types (BTF)");
	stations.object = load(file, kernel, events_max, true);
	if (!stations.object)
		stations.object = load(file, kernel, events_max, false);
	is_ready = stations.object ? stations_watch(&stations, files, failure) &&
					     events_open(&events, stations.object, kernel, failure)
				   : fail(failure, "the kernel takes none of its programs");
	if (is_ready) {
		say(stations_describe(&stations));
		converse(&stations, &events);
	}
	stations_detach(&stations);
	stations_close(&stations);
	events_close(&events);
	btf__free(kernel);
	return is_ready;
}

int trace(json_t *order)
{
	struct failure failure = { 0 };
	json_int_t events_max;
	json_error_t error;
	const char *object;
	json_t *files;

	if (json_unpack_ex(order, &error, JSON_STRICT, "{s:s, s:o, s:I}", "object", &object,
			   "namespaces", &files, "eventsMax", &events_max)) {
		fprintf(stderr, "bpfload: the order is none: %s\n", error.text);
		return 2;
	}
	if (follow(object, files, (__u64)events_max, &failure))
		return EXIT_SUCCESS;
	say(json_pack("{s:s}", "error", failure.message));
	return EXIT_FAILURE;
}
