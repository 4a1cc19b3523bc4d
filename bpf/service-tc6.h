/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The way of IPv6 packets to a service and back: as service-tc.bpf.c says of IPv4, with maps of its own. Extension headers,
 * those of fragments among them, are left as they are.
 */
#ifndef SERVICE_TC6_H
#define SERVICE_TC6_H

#include "backend-choice6.h"
#include "readdress-tc6.h"
#include "service-set.h"

struct translated6 {
	struct in6_addr service_address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow6_key);
	__type(value, struct translated6);
} translations6 SEC(".maps");

static __always_inline bool find_whole6(struct __sk_buff *skb, struct ipv6_packet *packet)
{
	return skb->pkt_type == PACKET_HOST && find_packet6(skb, packet) &&
	       is_whole_transport6(packet, (void *)(long)skb->data_end);
}

static __always_inline bool is_service6(const struct flow6_key *flow)
{
	struct service6_key key = {
		.address = flow->destination_address,
		.port = flow->destination_port,
		.protocol = flow->protocol,
	};

	return bpf_map_lookup_elem(&services6, &key);
}

static __always_inline bool note6(const struct flow6_key *flow, const struct in6_addr *backend)
{
	struct flow6_key reply = {
		.source_address = *backend,
		.destination_address = flow->source_address,
		.source_port = flow->destination_port,
		.destination_port = flow->source_port,
		.protocol = flow->protocol,
	};
	struct translated6 translated = { .service_address = flow->destination_address };
	struct translated6 *known = bpf_map_lookup_elem(&translations6, &reply);

	if (known && is_same_address6(&known->service_address, &translated.service_address))
		return true;
	return bpf_map_update_elem(&translations6, &reply, &translated, BPF_ANY) == 0;
}

/* Not static, nor is the other, so that the verifier goes through them by themselves. */
__noinline int translate6(struct __sk_buff *skb)
{
	struct ipv6_packet packet;
	struct in6_addr backend;
	struct flow6_key flow;

	if (!find_whole6(skb, &packet))
		return TC_ACT_OK;
	flow = flow6_of(packet.ip, packet.content);
	if (!is_service6(&flow) || !assigned6(&flow, false, &backend) || !note6(&flow, &backend))
		return TC_ACT_OK;
	/* There was no memory for it. What is changed by half must not go on. */
	return replace_address6(skb, flow.protocol, offsetof(struct ipv6hdr, daddr),
				&flow.destination_address, &backend)
		       ? TC_ACT_SHOT
		       : TC_ACT_OK;
}

__noinline int restore6(struct __sk_buff *skb)
{
	struct translated6 *translated;
	struct ipv6_packet packet;
	struct flow6_key reply;
	struct in6_addr to;

	if (!find_whole6(skb, &packet))
		return TC_ACT_OK;
	reply = flow6_of(packet.ip, packet.content);
	translated = bpf_map_lookup_elem(&translations6, &reply);
	if (!translated)
		return TC_ACT_OK;
	to = translated->service_address;
	return replace_address6(skb, reply.protocol, offsetof(struct ipv6hdr, saddr),
				&reply.source_address, &to)
		       ? TC_ACT_SHOT
		       : TC_ACT_OK;
}

#endif
