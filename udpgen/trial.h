/* SPDX-License-Identifier: Apache-2.0 */
/* A trial: what is asked for, what came of it, and what its two threads share while it runs. */
#ifndef UDPGEN_TRIAL_H
#define UDPGEN_TRIAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "engine.h"
#include "faults.h"
#include "histogram.h"
#include "path.h"
#include "tally.h"
#include "tcp-trial.h"
#include "thread-cost.h"
#include "turn.h"

enum trial_kind {
	TRIAL_FLOOD,
	TRIAL_PINGPONG,
	TRIAL_PACED,
	TRIAL_TCP_RR,
	TRIAL_TCP_STREAM,
	TRIAL_TCP_CRR,

	/* From here on. */
	TRIAL_TCP_FIRST = TRIAL_TCP_RR,
};

#define HISTOGRAMS_PER_TRIAL 3

struct trial {
	struct path *path;
	enum trial_kind kind;
	uint32_t id;
	uint32_t payload_bytes;
	uint32_t packets;
	/*
	 * The first so many are sent and counted like all others, and enter no histogram: after a
	 * trial on another path they meet cold caches, which traffic on this path alone would not.
	 */
	uint32_t lead_packets;
	/* TRIAL_FLOOD */
	enum engine engine;
	/* Packets are taken before the servers' stack, by path.sinks. */
	bool is_sunk;
	/* TRIAL_PACED */
	double rate_pps;
	/* Packets that have not left so long after the schedule's end are not sent; 0: all are, however late. */
	uint64_t grace_ns;
	/* TRIAL_PINGPONG, and those of TCP: after which nothing more is waited for. */
	uint64_t timeout_ns;
	/* TRIAL_PINGPONG: checksums are not left to devices, see udp_send_summed(). */
	bool is_summed;
	/* For how long what is missing is waited for. */
	uint64_t quiet_ns;
	struct tcp_trial tcp;
};

/*
 * Each thread's fields are on cache lines of their own, so that counting on one side does not slow
 * the other.
 */
struct record {
	/* Of a ping-pong rtt, forward, return; of a paced trial forward, uncorrected, schedule. */
	_Alignas(64) struct histogram *histograms[HISTOGRAMS_PER_TRIAL];

	/* The sender's. Just before the first packet was sent. */
	_Alignas(64) uint64_t start_ns;
	/* When the last send call returned. */
	uint64_t sent_ns;
	/* Packets that the kernel accepted. */
	uint32_t sent;
	/* TRIAL_FLOOD: send calls that took fewer packets than they were given. */
	uint32_t short_sends;
	/* TRIAL_PINGPONG */
	uint32_t timeouts;
	uint32_t late;
	struct faults sender_faults;
	/* Packets that the kernel received on the sender's CPU and on others, from softnet.h. */
	uint32_t sender_cpu_packets;
	uint32_t other_cpu_packets;
	/* errno of the failure that ended the sending early, or 0. */
	int send_error;
	struct thread_cost sender_cost;
	struct tcp_record tcp;

	/*
	 * The receiver's; in a ping-pong the sender's, which is the one that counts there. Last
	 * delivery, 0 where nothing came.
	 */
	_Alignas(64) uint64_t end_ns;
	/* Different packets that arrived; in a ping-pong, answered in time. */
	uint32_t received;
	uint32_t reordered;
	uint32_t duplicated;

	/* The receiver's, always. */
	_Alignas(64) struct thread_cost receiver_cost;
	struct faults receiver_faults;
	/* TRIAL_PINGPONG: different requests that came to the servers, and copies of them. */
	uint32_t requests_received;
	uint32_t requests_duplicated;
	/* Different packets that came to each server; of a ping-pong, requests. */
	uint32_t received_by_server[SERVERS_MAX];
	/* Flows known to be on each server when the trial was over, since the path was opened. */
	uint32_t flows_by_server[SERVERS_MAX];
	/* Packets, duplicates too, that came to another server than their flow's first one did. */
	uint32_t moved_packets;
	/* Of TCP: errno of what ended its side early, or 0; and its time in calls that moved something. */
	int receiver_error;
	uint64_t receiver_busy_ns;
	/* TRIAL_TCP_STREAM: bytes that came, and how many had when the timing began, 0 where from the start. */
	uint64_t stream_received;
	uint64_t stream_lead_bytes;
	uint64_t stream_lead_ns;
};

enum pingpong_histogram {
	PINGPONG_RTT,
	PINGPONG_FORWARD,
	PINGPONG_RETURN
};
enum tcp_rr_histogram {
	TCP_RR_CORRECTED,
	TCP_RR_UNCORRECTED
};
enum paced_histogram {
	PACED_FORWARD,
	PACED_UNCORRECTED,
	PACED_SCHEDULE_ERROR
};

/*
 * Values are numbers of trials of the block: the receiver is ready for trial n, and so on. A
 * thread writes its part of the record before it raises its turn.
 */
struct rendezvous {
	struct turn receiver_ready;
	/* TRIAL_PINGPONG: the client sends no more requests; the servers have answered all that came. */
	struct turn requests_sent;
	struct turn requests_served;
	struct turn sender_done;
	struct turn receiver_done;
};

/* What a thread needs to do its side of one trial. */
struct run {
	const struct trial *trial;
	struct record *record;
	struct rendezvous *rendezvous;
	/* The trial's number within its block, from 1: what its turns are raised to. */
	uint32_t number;
	/* The receivers sleep in the kernel, and nothing may spin while it waits for another thread. */
	bool blocking;
	/* What has come to the servers, counted by the receiver. */
	struct tally *tally;
	/* TRIAL_PINGPONG: what has come back to the client, counted by the sender. */
	struct tally *reply_tally;
};

/* Whether a trial goes over connections that stay open after it. */
static inline bool uses_pool(const struct trial *trial)
{
	return trial->kind == TRIAL_TCP_RR || trial->kind == TRIAL_TCP_STREAM;
}

/* errno of what ended a trial of TCP early, or 0: damage that a server saw closes the connection, which the client sees. */
static inline int tcp_error_of(const struct record *record)
{
	return record->receiver_error ? record->receiver_error : record->tcp.error;
}

/* After so long a trial of TCP is over, whatever moves. */
static inline uint64_t tcp_trial_limit_ns(const struct trial *trial)
{
	double schedule_ns = trial->tcp.rate_tps == 0
				     ? 0
				     : trial->packets * (double)NS_PER_S / trial->tcp.rate_tps;

	return TCP_TRIAL_NS_MAX + trial->packets * TCP_TRANSACTION_NS_MAX + (uint64_t)schedule_ns;
}

static inline bool is_timed(const struct run *run, uint32_t sequence)
{
	return sequence >= run->trial->lead_packets;
}

/* Notes in the record where the path's flows are by now. */
static inline void record_flows(const struct run *run)
{
	memcpy(run->record->flows_by_server, run->trial->path->flow_servers.flows,
	       sizeof(run->record->flows_by_server));
}

/* The two sides of each kind, from preparing to having written their part of the record. */
void flood_send(const struct run *run);
void paced_send(const struct run *run);
void pingpong_request(const struct run *run);
void pingpong_reply(const struct run *run);
/* The receiver of floods and paced trials. */
void stream_receive(const struct run *run);
void tcp_rr_ask(const struct run *run);
void tcp_rr_answer(const struct run *run);
void tcp_stream_send(const struct run *run);
void tcp_stream_receive(const struct run *run);
void tcp_crr_ask(const struct run *run);
void tcp_crr_answer(const struct run *run);

static inline void await_receiver_ready(const struct run *run)
{
	turn_await(&run->rendezvous->receiver_ready, run->number, run->blocking);
}

static inline void receiver_is_ready(const struct run *run)
{
	turn_raise(&run->rendezvous->receiver_ready, run->number, run->blocking);
}

static inline void sender_is_done(const struct run *run)
{
	turn_raise(&run->rendezvous->sender_done, run->number, run->blocking);
}

/* True once the sender's part of the record can be read. */
static inline bool is_sender_done(const struct run *run)
{
	return turn_reached(&run->rendezvous->sender_done, run->number);
}

#endif
