// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Services translated at TC ingress, with connections followed in a BPF map and not by netfilter. translate, where
 * requests come in, gives them the address of one of the backends, the same for all of a flow; restore, where replies come
 * in, gives those the service's address as their source. Routing, neighbours and TTL are the stack's.
 *
 * All else is left as it is: what is not addressed to a service, fragments, and ICMP errors (a socket finds no error
 * about what was translated).
 */
#include <stddef.h>

#include <linux/pkt_cls.h>

#include "backend-choice.h"
#include "readdress-tc.h"
#include "service-set.h"
#include "service-tc6.h"

/* What replies of a flow had as their destination, when they were requests. */
struct translated {
	__be32 service_address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow_key);
	__type(value, struct translated);
} translations SEC(".maps");

/* A whole TCP segment or UDP datagram for this host. */
static __always_inline bool find_whole(struct __sk_buff *skb, struct ipv4_packet *packet)
{
	return skb->pkt_type == PACKET_HOST && find_tc_packet(skb, sizeof(struct tcphdr), packet) &&
	       has_transport_header(packet, (void *)(long)skb->data_end) &&
	       is_whole_transport(packet, (void *)(long)skb->data_end);
}

static __always_inline bool is_service(const struct flow_key *flow)
{
	struct service_key key = {
		.address = flow->destination_address,
		.port = flow->destination_port,
		.protocol = flow->protocol,
	};

	return bpf_map_lookup_elem(&services, &key);
}

/* Notes what replies of a flow that goes to this backend are to have as their source. */
static __always_inline bool note(const struct flow_key *flow, __be32 backend)
{
	struct flow_key reply = {
		.source_address = backend,
		.destination_address = flow->source_address,
		.source_port = flow->destination_port,
		.destination_port = flow->source_port,
		.protocol = flow->protocol,
	};
	struct translated translated = { .service_address = flow->destination_address };
	struct translated *known = bpf_map_lookup_elem(&translations, &reply);

	if (known && known->service_address == translated.service_address)
		return true;
	return bpf_map_update_elem(&translations, &reply, &translated, BPF_ANY) == 0;
}

SEC("tc")
int translate(struct __sk_buff *skb)
{
	struct ipv4_packet packet;
	struct flow_key flow;
	__be32 backend;

	if (!find_whole(skb, &packet))
		return translate6(skb);
	flow = flow_of(packet.ip, packet.content);
	if (!is_service(&flow))
		return TC_ACT_OK;
	backend = assigned(&flow, false).address;
	/* Nobody has this address but its backends: the stack says that there is no way to it. */
	if (!backend || !note(&flow, backend))
		return TC_ACT_OK;
	return replace_address(skb, &packet, offsetof(struct iphdr, daddr), backend);
}

SEC("tc")
int restore(struct __sk_buff *skb)
{
	struct translated *translated;
	struct ipv4_packet packet;
	struct flow_key reply;

	if (!find_whole(skb, &packet))
		return restore6(skb);
	reply = flow_of(packet.ip, packet.content);
	translated = bpf_map_lookup_elem(&translations, &reply);
	if (!translated)
		return TC_ACT_OK;
	return replace_address(skb, &packet, offsetof(struct iphdr, saddr),
			       translated->service_address);
}

char _license[] SEC("license") = "Dual BSD/GPL";
