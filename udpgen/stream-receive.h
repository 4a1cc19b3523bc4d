/* SPDX-License-Identifier: Apache-2.0 */
/* What comes one way, as floods and paced trials do, and how it is counted. */
#ifndef UDPGEN_STREAM_RECEIVE_H
#define UDPGEN_STREAM_RECEIVE_H

#include "packet.h"
#include "trial.h"

/* Counts what came to a server. `packet` is whole only where `bytes` are a packet's of the trial. */
static inline void count_arrival(const struct run *run, uint32_t server, const union packet *packet,
				 size_t bytes, uint64_t delivered_ns)
{
	const bool paced = run->trial->kind == TRIAL_PACED;
	const enum packet_kind kind = paced ? PACKET_PACED : PACKET_FLOOD;
	const struct packet_header *header = &packet->header;
	struct flow_servers *servers = &run->trial->path->flow_servers;
	struct record *record = run->record;

	if (!packet_belongs(packet, bytes, run->trial, kind, &record->receiver_faults))
		return;
	record->moved_packets += flow_has_moved(servers, header->flow, server);
	record->receiver_faults.misdirected += is_misdirected(servers, header->flow, server);
	if (!tally_arrival(run->tally, header->sequence, header->flow))
		return;
	record->received_by_server[server]++;
	record->end_ns = delivered_ns;
	if (paced && is_timed(run, header->sequence)) {
		histogram_record(record->histograms[PACED_FORWARD],
				 delivered_ns - header->scheduled_ns);
		histogram_record(record->histograms[PACED_UNCORRECTED],
				 delivered_ns - header->send_ns);
	}
}

/* Has the servers' sockets give out datagrams as the kernel merged them (UDP_GRO of udp(7)), or cut as they were sent. */
void merge_arrivals(const struct path *path, bool merged);

/* As look_at_servers(), at sockets that give out merged datagrams. */
uint64_t look_at_merged(const struct run *run);

#endif
