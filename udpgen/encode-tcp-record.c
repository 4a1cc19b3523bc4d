// SPDX-License-Identifier: Apache-2.0
#include "encode-tcp-record.h"

#include <errno.h>

#include "encode-record.h"
#include "tcp-socket.h"

static void set_way(json_t *object, const char *key, const struct tcp_way *way)
{
	json_object_set_new(
		object, key,
		json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "segments",
			  (json_int_t)way->segments, "retransmitted",
			  (json_int_t)way->retransmitted, "duplicated", (json_int_t)way->duplicated,
			  "packetsLeast", (json_int_t)way->packets_least, "packetsMost",
			  (json_int_t)way->packets_most, "windowSegments", (json_int_t)way->window,
			  "smoothedRttNs", (json_int_t)way->smoothed_rtt_ns));
}

static void set_rr(json_t *object, const struct trial *trial, const struct record *record)
{
	const bool is_rr = trial->kind == TRIAL_TCP_RR;

	set_number(object, "questionsReceived", record->requests_received);
	set_number(object, "busyNs", record->tcp.busy_ns + record->receiver_busy_ns);
	set_histogram(object, is_rr ? "tcpRrNs" : "tcpCrrNs", record->histograms[TCP_RR_CORRECTED]);
	if (is_rr)
		set_histogram(object, "tcpRrUncorrectedNs", record->histograms[TCP_RR_UNCORRECTED]);
}

/* In bytes, where others count packets. */
static void set_stream(json_t *object, const struct trial *trial, const struct record *record)
{
	uint64_t lead_ns = record->stream_lead_ns ? record->stream_lead_ns : record->start_ns;

	set_number(object, "sent", record->tcp.stream_sent);
	set_number(object, "received", record->stream_received);
	set_number(object, "lost", record->tcp.stream_sent - record->stream_received);
	set_number(object, "timedBytes", record->stream_received - record->stream_lead_bytes);
	set_number(object, "timedNs", record->end_ns > lead_ns ? record->end_ns - lead_ns : 0);
	if (trial->tcp.pool->settings.zerocopy) {
		set_number(object, "zerocopyCompleted", record->tcp.zerocopy.completed);
		set_number(object, "zerocopyCopied", record->tcp.zerocopy.copied);
		set_number(object, "zerocopySends", record->tcp.zerocopy.sends);
	}
	json_object_set_new(object, "direction", json_string(trial->tcp.is_down ? "down" : "up"));
}

void set_tcp(json_t *object, const struct trial *trial, const struct record *record)
{
	int error = tcp_error_of(record);

	set_way(object, "forth", &record->tcp.forth);
	set_way(object, "back", &record->tcp.back);
	if (error)
		json_object_set_new(object, "tcpError", json_string(tcp_error_text(error)));
	if (trial->kind == TRIAL_TCP_STREAM)
		set_stream(object, trial, record);
	else
		set_rr(object, trial, record);
}
