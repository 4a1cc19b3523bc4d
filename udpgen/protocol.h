/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What udpgen puts on the wire, and the figures that it works with. The one place for both.
 *
 * Client and server are sockets of one process, so numbers travel in the machine's byte order and
 * every time is CLOCK_MONOTONIC in nanoseconds, comparable between the two ends.
 */
#ifndef UDPGEN_PROTOCOL_H
#define UDPGEN_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

/* Version of the commands and answers; rises when an old reader would misread a new answer. */
#define PROTOCOL_VERSION 6

#define PACKET_SEAL 0x50425547u /* "PBUG" */

enum packet_kind {
	PACKET_FLOOD = 1,
	PACKET_PACED = 2,
	PACKET_REQUEST = 3,
	PACKET_REPLY = 4,
	/* Of TCP: the first message of a connection, and a transaction's two. */
	PACKET_HELLO = 5,
	PACKET_WELCOME = 6,
	PACKET_QUESTION = 7,
	PACKET_ANSWER = 8,
};

/* The first bytes of every payload; what follows is payload_pattern's. */
struct packet_header {
	/* Of all that follows in the header, see seal_of(): damage to it shows. */
	uint32_t seal;
	/* Differs between any two trials, so that a straggler of one never counts for the next. */
	uint32_t trial_id;
	/* From 0 within a trial, over all its flows. */
	uint32_t sequence;
	/* enum packet_kind */
	uint16_t kind;
	/* From 0 within a path. */
	uint16_t flow;
	/*
	 * Read from the clock just before the send call that took the packet. 0 in a flood, which
	 * reports no latency and saves the clock read.
	 */
	uint64_t send_ns;
	union {
		/* PACKET_PACED: when the schedule had the packet leave. */
		uint64_t scheduled_ns;
		/* PACKET_REPLY: read just after the server's receive call returned the request. */
		uint64_t server_ns;
	};
};

_Static_assert(sizeof(struct packet_header) == 32, "the header has no padding");
_Static_assert(offsetof(struct packet_header, send_ns) % 8 == 0, "64-bit fields are aligned");

/*
 * What the header's seal has to be: a sum of its words, each times an odd number, so that a change of
 * any one changes the sum, and all but 1 in 2^32 changes the half that is kept.
 */
static inline uint32_t seal_of(const struct packet_header *header)
{
	uint64_t sum =
		((uint64_t)header->sequence << 32 | header->trial_id) * 0x9e3779b97f4a7c15ull;

	sum += ((uint64_t)header->flow << 16 | header->kind) * 0xc2b2ae3d27d4eb4full;
	sum += header->send_ns * 0x165667b19e3779f9ull;
	sum += header->server_ns * 0xd6e8feb86659fd93ull;
	return PACKET_SEAL ^ (uint32_t)(sum >> 32);
}

/*
 * What the latencies of a record mean:
 *
 *   forwardNs = server_ns − send_ns        request, user space to user space
 *   returnNs  = client's receive − server_ns   includes the server's own turn-around
 *   rttNs     = client's receive − send_ns = forwardNs + returnNs, exactly
 *   pacedForwardNs            = server's receive − scheduled_ns
 *   pacedForwardUncorrectedNs = server's receive − send_ns
 *   scheduleErrorNs           = send_ns − scheduled_ns
 *
 * The client's and the server's receive are clock reads just after the receive call returned.
 */

#define NS_PER_S  1000000000ull
#define NS_PER_MS 1000000ull

/* What fits unfragmented in a jumbo frame: 9000 − 20 (IPv4) − 8 (UDP). Over IPv6, 20 bytes less do. */
#define PAYLOAD_BYTES_MAX 8972
#define PAYLOAD_BYTES_MIN ((int)sizeof(struct packet_header))

/* Sets the size of the bitmaps that count sequence numbers. */
#define PACKETS_MAX 1000000
#define PATHS_MAX   64
/* Namespaces or programs that one command names. */
#define LIST_MAX 4096
/* Of a path: sockets of its client, where they connect to, and sockets of its servers. */
#define FLOWS_MAX   1024
#define TARGETS_MAX 16
#define SERVERS_MAX 16
#define TRIALS_MAX  256

/* Packets a system call in floods; beyond it the saved system calls no longer show. */
#define BATCH_PACKETS 64

/* Of the cost of a BPF program. */
#define COST_BATCHES_MAX 1000
#define COST_RUNS_MAX	 10000
/* An Ethernet header at least (bpf_test_init() in net/bpf/test_run.c), and one page with head and tail. */
#define FRAME_BYTES_MIN 14
#define FRAME_BYTES_MAX 2048

/* Of a check of what a web server's answers hold. */
#define CONNECTIONS_MAX		64
#define FETCHES_MAX		10000
#define FETCH_TIMEOUT_NS_MAX	(60 * NS_PER_S)
#define FETCH_PAGE_BYTES_MAX	128
#define FETCH_REQUEST_BYTES_MAX 256
/* Head and body. */
#define ANSWER_BYTES_MAX 8192

#define RATE_PPS_MAX 10000000.0
/* The longest schedule of a paced trial: every trial is bounded in time. */
#define SCHEDULE_NS_MAX (60 * NS_PER_S)
/* After its end, for a trial that sends nothing later. */
#define GRACE_NS_MAX (1 * NS_PER_S)
/* From reading the schedule's start to its first departure, so that packet 0 is not late. */
#define SCHEDULE_LEAD_NS 50000

/* TCP: connections that are alike, and sets of them on a path. */
#define TCP_CONNECTIONS_MAX 64
#define TCP_POOLS_MAX	    8
/* A question or an answer. */
#define TCP_MESSAGE_BYTES_MAX 65536
/* What one call sends or takes of a stream. */
#define TCP_PIECE_BYTES_MAX  (256 * 1024)
#define TCP_STREAM_BYTES_MAX (1ull << 32)
/*
 * A connection on which nothing moved for this long is dead. Beyond what losses delay: a lost segment is sent
 * again after 200 ms, then 400 (TCP_RTO_MIN), a lost SYN after 1 s (TCP_TIMEOUT_INIT, RFC 6298).
 */
#define TCP_TIMEOUT_NS	   (3 * NS_PER_S)
#define TCP_TIMEOUT_NS_MAX (10 * NS_PER_S)
/* Whatever moves: a trial of TCP is over after this, with so much for every transaction, beside its schedule. */
#define TCP_TRIAL_NS_MAX       (10 * NS_PER_S)
#define TCP_TRANSACTION_NS_MAX (5 * NS_PER_MS)

/*
 * Where packets are missing, a trial is over when looks have shown nothing for this long after its
 * sender ended. A packet may wait that long for a CPU that others have, in a queue of the kernel's: one
 * that is late is not lost. Paths that may lose get a shorter one by the command.
 */
#define QUIET_NS     (100 * NS_PER_MS)
#define QUIET_NS_MAX NS_PER_S
/* A sender gives up when for this long no packet was accepted. */
#define STALL_TIMEOUT_NS (20 * NS_PER_MS)
/*
 * A request without an answer for this long is lost. Well above the 10 ms or so for which a
 * hypervisor may take a CPU away: such a stall is latency, and belongs in the histogram.
 */
#define REPLY_TIMEOUT_NS     (100 * NS_PER_MS)
#define REPLY_TIMEOUT_NS_MAX NS_PER_S
/* So many unanswered requests in a row end a ping-pong: a dead path costs little. */
#define TIMEOUTS_IN_A_ROW_MAX 3
/* And so many in all: where one server of several is dead, few of its flows follow each other. */
#define TIMEOUTS_MAX 16

/*
 * Receive buffer asked for; the kernel doubles it (sock_setsockopt(), SO_RCVBUFFORCE) and charges
 * a small packet some 800 to 1,300 bytes (skb->truesize). So about 100,000 packets of backlog
 * fit: a receiver that is off its CPU for 100 ms loses nothing at a million packets a second.
 * It is a limit, and takes no memory until packets wait.
 */
#define RECEIVE_BUFFER_BYTES (64 * 1024 * 1024)
/*
 * How long a spinning receiver of a flood leaves its sockets alone after it took packets, while the sender
 * is at work. One that looks all the time fights the sender over the socket's cache lines, packet by
 * packet: that cost 0.7 to 1.4 us a packet for seconds or minutes at a time (it seems, while the host had
 * the two CPUs far apart), as much as the whole path. Throughput ratios of redirect-vs-stack went from
 * 1.024 to 1.075 with it, and from 1.053 to 1.073 with this pause, at half the interval's width. What waits
 * when the sender ends is taken within some 3 us, 0.2 % of a trial of 800 packets.
 */
#define FLOOD_PAUSE_NS 20000
/*
 * Send buffer asked for. A packet is charged to its sender for as long as it waits on the way (a
 * queue, another CPU's backlog); this much never holds the sender back on a path without queues.
 */
#define SEND_BUFFER_BYTES (8 * 1024 * 1024)

#endif
