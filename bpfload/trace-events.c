// SPDX-License-Identifier: Apache-2.0
#include "trace-events.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>

#include "symbol.h"
#include "trace-event.h"

/* What the ring keeps beside each event (BPF_RINGBUF_HDR_SZ). */
#define RING_HEADER_BYTES 8
#define RING_BYTES_MIN	  (1u << 16)
#define RING_BYTES_MAX	  (1u << 28)

/* The numbers of enum trace_station, as names. */
static const char *const station_names[] = {
#define TRACE_STATION_NAME(number, name) [TRACE_##number] = name,
	TRACE_STATIONS(TRACE_STATION_NAME)
#undef TRACE_STATION_NAME
};

/* A power of two. */
__u32 ring_bytes(__u64 events_max)
{
	__u64 wanted = events_max * (sizeof(struct trace_event) + RING_HEADER_BYTES);
	__u32 bytes = RING_BYTES_MIN;

	while (bytes < wanted && bytes < RING_BYTES_MAX)
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

	return json_pack("{s:o, s:s?}", "reason", name_reason(events->kernel, event->reason),
			 "symbol", is_known ? symbol : NULL);
}

static json_t *describe_end(const struct trace_event *event)
{
	json_t *end = json_pack("{s:I, s:I}", "program", (json_int_t)event->location, "returned",
				(json_int_t)event->reason);

	if (event->way == TRACE_WAY_UNKNOWN || event->way > TRACE_WAY_MANY)
		return end;
	json_object_set_new(end, "way", json_string(way_names[event->way]));
	json_object_set_new(end, "target", json_integer(event->target));
	return end;
}

/*
 * [station, ns, endNs, sendNs, serverNs, trialId, sequence, kind, flow, cpu, namespace, ifindex], and more of a packet that was
 * dropped, {reason, symbol}: its reason's name and the kernel's function; of one that a program gets, {program}: its
 * place in the order; and of its end, {program, returned, way, target}.
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
		json_array_append_new(encoded, describe_end(event));
		break;
	}
	return encoded;
}

static int take_event(void *context, void *data, size_t bytes)
{
	const struct trace_event *event = data;
	struct events *events = context;

	if (bytes >= sizeof(*event) && event->station < TRACE_STATIONS_COUNT)
		json_array_append_new(events->taken, encode_event(events, event));
	return 0;
}

bool events_open(struct events *events, struct bpf_object *object, const struct btf *kernel,
		 struct failure *failure)
{
	events->kernel = kernel;
	events->lost = bpf_object__find_map_fd_by_name(object, "lost");
	events->ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "events"),
					take_event, events, NULL);
	if (!events->ring)
		return fail(failure, "could not open the ring of events: %s", strerror(errno));
	return true;
}

void events_close(struct events *events)
{
	ring_buffer__free(events->ring);
}

json_t *events_take(struct events *events)
{
	__u32 zero = 0;
	__u64 lost = 0;

	events->taken = json_array();
	ring_buffer__consume(events->ring);
	bpf_map_lookup_elem(events->lost, &zero, &lost);
	return json_pack("{s:o, s:I}", "events", events->taken, "lost", (json_int_t)lost);
}
