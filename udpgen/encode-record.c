// SPDX-License-Identifier: Apache-2.0
#include "encode-record.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "encode-tcp-record.h"
#include "parse-block.h"

void set_number(json_t *object, const char *key, uint64_t number)
{
	json_object_set_new(object, key, json_integer((json_int_t)number));
}

/* Only buckets that hold something: [index, count, index, count, …], rising. */
static json_t *encode_buckets(const struct histogram *histogram)
{
	json_t *buckets = json_array();

	if (histogram->count == 0)
		return buckets;
	for (uint32_t i = histogram_index(histogram->min_ns);
	     i <= histogram_index(histogram->max_ns); i++) {
		if (histogram->buckets[i] == 0)
			continue;
		json_array_append_new(buckets, json_integer(i));
		json_array_append_new(buckets, json_integer(histogram->buckets[i]));
	}
	return buckets;
}

void set_histogram(json_t *object, const char *key, const struct histogram *histogram)
{
	json_t *value = json_object();

	set_number(value, "count", histogram->count);
	set_number(value, "min", histogram->min_ns);
	set_number(value, "max", histogram->max_ns);
	set_number(value, "sum", histogram->sum_ns);
	json_object_set_new(value, "buckets", encode_buckets(histogram));
	json_object_set_new(object, key, value);
}

static void set_flood(json_t *object, const struct trial *trial, const struct record *record)
{
	json_object_set_new(object, "engine", json_string(engine_name(trial->engine)));
	json_object_set_new(object, "sink", json_string(trial->is_sunk ? "xdp" : "socket"));
	set_number(object, "sendNs", record->sent_ns - record->start_ns);
	set_number(object, "shortSends", record->short_sends);
}

static void set_pingpong(json_t *object, const struct record *record)
{
	set_number(object, "requestsReceived", record->requests_received);
	set_number(object, "timeouts", record->timeouts);
	set_number(object, "late", record->late);
	set_histogram(object, "rttNs", record->histograms[PINGPONG_RTT]);
	set_histogram(object, "forwardNs", record->histograms[PINGPONG_FORWARD]);
	set_histogram(object, "returnNs", record->histograms[PINGPONG_RETURN]);
}

static void set_paced(json_t *object, const struct record *record)
{
	set_histogram(object, "pacedForwardNs", record->histograms[PACED_FORWARD]);
	set_histogram(object, "pacedForwardUncorrectedNs", record->histograms[PACED_UNCORRECTED]);
	set_histogram(object, "scheduleErrorNs", record->histograms[PACED_SCHEDULE_ERROR]);
}

static void set_list(json_t *object, const char *key, const uint32_t *numbers, uint32_t count)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(list, json_integer(numbers[i]));
	json_object_set_new(object, key, list);
}

static void set_servers(json_t *object, const struct record *record, uint32_t servers_count)
{
	set_list(object, "receivedByServer", record->received_by_server, servers_count);
	set_list(object, "flowsByServer", record->flows_by_server, servers_count);
	set_number(object, "movedPackets", record->moved_packets);
}

static void set_faults(json_t *object, struct faults faults)
{
	set_number(object, "corrupted", faults.corrupted);
	set_number(object, "misdirected", faults.misdirected);
	set_number(object, "strays", faults.strays);
}

static struct faults faults_of(const struct trial *trial, const struct record *record)
{
	struct faults faults = faults_sum(record->sender_faults, record->receiver_faults);

	if (trial->kind >= TRIAL_TCP_FIRST)
		faults.corrupted += tcp_error_of(record) == EBADMSG;
	return faults;
}

/*
 * To the last delivery or the last send, whichever was later: a path that loses the end of a burst has
 * not been quicker for that.
 */
static uint64_t duration_ns(const struct record *record)
{
	uint64_t end_ns = record->end_ns > record->sent_ns ? record->end_ns : record->sent_ns;

	return end_ns - record->start_ns;
}

static const char *send_error_text(const struct trial *trial, int error)
{
	const char *text = engine_error_text(trial->engine, error);

	return text ? text : strerror(error);
}

json_t *encode_record(const struct trial *trial, const struct record *record)
{
	json_t *object = json_object();

	json_object_set_new(object, "path", json_string(trial->path->name));
	json_object_set_new(object, "kind", json_string(trial_kind_name(trial->kind)));
	set_number(object, "startNs", record->start_ns - clock_origin_ns);
	set_number(object, "durationNs", duration_ns(record));
	set_number(object, "sent", record->sent);
	set_number(object, "received", record->received);
	set_number(object, "lost", record->sent - record->received - record->late);
	set_number(object, "reordered", record->reordered);
	set_number(object, "duplicated", record->duplicated + record->requests_duplicated);
	set_faults(object, faults_of(trial, record));
	set_number(object, "senderCpuPackets", record->sender_cpu_packets);
	set_number(object, "otherCpuPackets", record->other_cpu_packets);
	set_servers(object, record, trial->path->servers_count);
	set_number(object, "senderCpuNs", record->sender_cost.cpu_ns);
	set_number(object, "receiverCpuNs", record->receiver_cost.cpu_ns);
	set_number(object, "senderPreempted", record->sender_cost.preempted);
	set_number(object, "receiverPreempted", record->receiver_cost.preempted);
	if (record->send_error)
		json_object_set_new(object, "sendError",
				    json_string(send_error_text(trial, record->send_error)));
	if (trial->kind >= TRIAL_TCP_FIRST)
		set_tcp(object, trial, record);
	else if (trial->kind == TRIAL_FLOOD)
		set_flood(object, trial, record);
	else if (trial->kind == TRIAL_PINGPONG)
		set_pingpong(object, record);
	else
		set_paced(object, record);
	return object;
}
