// SPDX-License-Identifier: Apache-2.0
#include "trace-events.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "symbol.h"
#include "trace-event.h"

/* What a ring keeps beside each event (BPF_RINGBUF_HDR_SZ). */
#define RING_HEADER_BYTES 8
#define RING_BYTES_MIN	  (1u << 16)
/* Of all together. */
#define RINGS_BYTES_MAX (1u << 28)

/* The numbers of enum trace_station, as names. */
static const char *const station_names[] = {
#define TRACE_STATION_NAME(number, name) [TRACE_##number] = name,
	TRACE_STATIONS(TRACE_STATION_NAME)
#undef TRACE_STATION_NAME
};

/* A power of two: any CPU may be the one that all packets are on. */
static __u32 ring_bytes(__u64 events_max, __u32 rings)
{
	__u64 wanted = events_max * (sizeof(struct trace_event) + RING_HEADER_BYTES);
	__u32 bytes = RING_BYTES_MIN;

	while (bytes < wanted && (__u64)bytes * 2 * rings <= RINGS_BYTES_MAX)
		bytes *= 2;
	return bytes;
}

/* As enum skb_drop_reason of this kernel has it; null if it does not. */
static json_t *name_reason(const struct btf *kernel, __u32 reason)
{
	int id = btf__find_by_name_kind(kernel, "skb_drop_reason", BTF_KIND_ENUM);
	const struct btf_type *type = id < 0 ? NULL : btf__type_by_id(kernel, (__u32)id);
	const struct btf_enum *value;
	__u16 i;

	if (!type)
		return json_null();
	for (i = 0, value = btf_enum(type); i < btf_vlen(type); i++, value++)
		if ((__u32)value->val == reason)
			return json_string(btf__name_by_offset(kernel, value->name_off));
	return json_null();
}

/* The numbers of enum trace_way, as names. */
static const char *const way_names[] = {
	[TRACE_WAY_EGRESS] = "egress", [TRACE_WAY_INGRESS] = "ingress",
	[TRACE_WAY_PEER] = "peer",     [TRACE_WAY_NEIGHBOUR] = "neighbour",
	[TRACE_WAY_CPU] = "cpu",       [TRACE_WAY_SOCKET] = "socket",
	[TRACE_WAY_MANY] = "many",
};

static json_t *describe_drop(const struct events *events, const struct trace_event *event)
{
	char symbol[SYMBOL_BYTES_MAX];
	bool is_known = find_symbol(event->location, symbol);

	return json_pack("{s:o, s:s?, s:b}", "reason", name_reason(events->kernel, event->reason),
			 "symbol", is_known ? symbol : NULL, "isDown", event->error != 0);
}

static json_t *describe_end(const struct trace_event *event, json_int_t program)
{
	json_t *end =
		json_pack("{s:I, s:I}", "program", program, "returned", (json_int_t)event->reason);

	if (event->error)
		json_object_set_new(end, "error", json_integer(event->error));
	if (event->way == TRACE_WAY_UNKNOWN || event->way > TRACE_WAY_MANY)
		return end;
	json_object_set_new(end, "way", json_string(way_names[event->way]));
	json_object_set_new(end, "target", json_integer(event->target));
	return end;
}

/*
 * [station, ns, endNs, sendNs, serverNs, trialId, sequence, kind, flow, cpu, namespace, ifindex], and more of a packet that was
 * dropped, {reason, symbol}: its reason's name and the kernel's function; of one that a program gets, {program}: its
 * place in the order; and of its end, {program, returned, way, target, error}.
 */
static json_t *encode_event(const struct events *events, const struct trace_event *event)
{
	json_t *encoded;

	encoded = json_pack("[s, I, I, I, I, I, I, i, i, i, I, I]", station_names[event->station],
			    (json_int_t)event->ns, (json_int_t)event->end_ns,
			    (json_int_t)event->send_ns, (json_int_t)event->server_ns,
			    (json_int_t)event->trial_id, (json_int_t)event->sequence, event->kind,
			    event->flow, event->cpu, (json_int_t)event->namespace_inode,
			    (json_int_t)event->ifindex);
	switch (event->station) {
	case TRACE_KFREE_SKB:
		json_array_append_new(encoded, describe_drop(events, event));
		break;
	case TRACE_PROGRAM_BEGINS:
		json_array_append_new(encoded,
				      json_pack("{s:I}", "program", (json_int_t)event->location));
		break;
	case TRACE_PROGRAM_ENDS:
		json_array_append_new(encoded, describe_end(event, (json_int_t)event->location));
		break;
	case TRACE_XDP_REDIRECT:
	case TRACE_XDP_REDIRECT_ERR:
	case TRACE_XDP_EXCEPTION:
		json_array_append_new(encoded, describe_end(event, program_place(events->programs,
										 event->location)));
		break;
	}
	return encoded;
}

static int take_event(void *context, void *data, size_t bytes)
{
	const struct trace_event *event = data;
	struct events *events = context;

	if (events->taken && bytes >= sizeof(*event) && event->station < TRACE_STATIONS_COUNT)
		json_array_append_new(events->taken, encode_event(events, event));
	return 0;
}

bool events_make_room(const struct bpf_object *object)
{
	int count = libbpf_num_possible_cpus();
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");

	return count > 0 && rings && !bpf_map__set_max_entries(rings, (__u32)count);
}

/* The ring of a CPU. */
static bool open_ring(struct events *events, const struct bpf_map *rings, __u32 cpu, __u32 bytes)
{
	int rings_map = bpf_map__fd(rings);
	int ring = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "ring", 0, 0, bytes, NULL);
	bool is_open = false;

	if (ring < 0)
		return false;
	if (!bpf_map_update_elem(rings_map, &cpu, &ring, BPF_ANY)) {
		if (events->rings)
			is_open = !ring_buffer__add(events->rings, ring, take_event, events);
		else
			events->rings = ring_buffer__new(ring, take_event, events, NULL);
		is_open = is_open || (cpu == 0 && events->rings);
	}
	/* What reads it has it mapped, and the map of rings holds it. */
	close(ring);
	return is_open;
}

bool events_open(struct events *events, const struct bpf_object *object, __u64 events_max,
		 struct failure *failure)
{
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	__u32 count = bpf_map__max_entries(rings), bytes = ring_bytes(events_max, count), cpu;

	events->lost = bpf_object__find_map_fd_by_name(object, "lost");
	for (cpu = 0; cpu < count; cpu++)
		if (!open_ring(events, rings, cpu, bytes))
			return fail(failure,
				    "could not open a ring of %u bytes for events of CPU %u: %s",
				    bytes, cpu, strerror(errno));
	return true;
}

void events_close(struct events *events)
{
	ring_buffer__free(events->rings);
}

void events_drop(struct events *events)
{
	events->taken = NULL;
	ring_buffer__consume(events->rings);
}

json_t *events_take(struct events *events)
{
	__u32 zero = 0;
	__u64 lost = 0;

	events->taken = json_array();
	ring_buffer__consume(events->rings);
	bpf_map_lookup_elem(events->lost, &zero, &lost);
	return json_pack("{s:o, s:I}", "events", events->taken, "lost", (json_int_t)lost);
}
