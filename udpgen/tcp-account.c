// SPDX-License-Identifier: Apache-2.0
#include "tcp-account.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "tcp-socket.h"

/*
 * The most that the kernel carries as one packet: GSO_MAX_SIZE, where devices are told to merge beyond what an IP header
 * can say (BIG TCP). Whether one is told, on whichever part of the way, is not looked at.
 */
#define PACKET_BYTES (8 * 65535)
/* Acknowledgements take microseconds; who lost some is not waited for. */
#define SETTLE_NS (2 * NS_PER_MS)

static void add(struct tcp_totals *totals, int socket)
{
	struct tcp_info info;
	socklen_t bytes = sizeof(info);

	memset(&info, 0, sizeof(info));
	if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &bytes) != 0)
		return;
	totals->segments_out += info.tcpi_segs_out;
	totals->retransmitted += info.tcpi_total_retrans;
	if (info.tcpi_dsack_dups > info.tcpi_total_retrans)
		totals->duplicated += info.tcpi_dsack_dups - info.tcpi_total_retrans;
	totals->segments_in += info.tcpi_segs_in;
	totals->data_segments_in += info.tcpi_data_segs_in;
	totals->bytes_in += info.tcpi_bytes_received;
	totals->window += info.tcpi_snd_cwnd;
	totals->smoothed_rtt_ns += (uint64_t)info.tcpi_rtt * 1000;
}

struct tcp_totals tcp_totals_of(const int *sockets, uint32_t count)
{
	struct tcp_totals totals = { 0 };

	for (uint32_t i = 0; i < count; i++)
		add(&totals, sockets[i]);
	if (count > 0) {
		totals.window /= count;
		totals.smoothed_rtt_ns /= count;
	}
	return totals;
}

struct tcp_account tcp_account_now(const struct tcp_pool *pool)
{
	return (struct tcp_account){
		.clients = tcp_totals_of(pool->clients, pool->count),
		.servers = tcp_totals_of(pool->servers, pool->count),
	};
}

static void acknowledge(const struct tcp_pool *pool)
{
	for (uint32_t i = 0; i < pool->count; i++) {
		tcp_acknowledge(pool->clients[i], &pool->settings);
		tcp_acknowledge(pool->servers[i], &pool->settings);
	}
}

/* Whether all that either end has sent has come to the other, as far as counts tell. */
static bool is_settled(const struct tcp_account *start, const struct tcp_account *end)
{
	uint64_t forth = end->clients.segments_out - start->clients.segments_out;
	uint64_t back = end->servers.segments_out - start->servers.segments_out;

	return end->servers.segments_in - start->servers.segments_in >= forth &&
	       end->clients.segments_in - start->clients.segments_in >= back;
}

static uint64_t least_packets(const struct tcp_totals *start, const struct tcp_totals *end,
			      uint32_t messages)
{
	uint64_t data = end->data_segments_in - start->data_segments_in;
	uint64_t bare = end->segments_in - start->segments_in - data;
	uint64_t full = (end->bytes_in - start->bytes_in + PACKET_BYTES - 1) / PACKET_BYTES;

	return bare + (messages > full ? messages : full);
}

static struct tcp_way way_between(const struct tcp_totals *from_start,
				  const struct tcp_totals *from_end,
				  const struct tcp_totals *to_start,
				  const struct tcp_totals *to_end, uint32_t messages)
{
	uint64_t segments = from_end->segments_out - from_start->segments_out;

	return (struct tcp_way){
		.segments = segments,
		.retransmitted = from_end->retransmitted - from_start->retransmitted,
		.duplicated = from_end->duplicated > from_start->duplicated
				      ? from_end->duplicated - from_start->duplicated
				      : 0,
		.packets_least = least_packets(to_start, to_end, messages),
		.packets_most = segments,
		.window = from_end->window,
		.smoothed_rtt_ns = from_end->smoothed_rtt_ns,
	};
}

void tcp_account_since(const struct tcp_account *start, const struct tcp_pool *pool,
		       uint32_t messages, struct tcp_way *forth, struct tcp_way *back)
{
	uint64_t give_up_ns = now_ns() + SETTLE_NS;
	struct tcp_account end;

	do {
		acknowledge(pool);
		end = tcp_account_now(pool);
	} while (!is_settled(start, &end) && now_ns() < give_up_ns);
	*forth =
		way_between(&start->clients, &end.clients, &start->servers, &end.servers, messages);
	*back = way_between(&start->servers, &end.servers, &start->clients, &end.clients, messages);
}
