// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Give replies to packets that came through the balancer the address of the service as their source.
 * The backend itself knows nothing of that address: its servers listen on its own.
 *
 * note_flow, at ingress, remembers which flows carry the mark of a service (see dscp.h), and forgets
 * them when packets of the same ports come without: then they are a new connection to the backend
 * itself. restore_source, at egress, changes the replies of flows that are remembered.
 *
 * A reply that the stack has split is changed as a whole: later fragments have no ports, and follow the
 * first one, which the stack sends before them (net/ipv4/ip_output.c, ip_do_fragment()). Of what a router
 * has split on its way here, the first fragment tells the flow.
 *
 * ICMP errors about replies quote them as they left; what they quote is changed back, so that the
 * socket is found that they are for. Errors that this host sends about requests, as where a port is closed,
 * become the service's, and quote the request as the client sent it. All else is left as it is.
 */
#include <linux/if_packet.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <stddef.h>

#include "backend-tc6.h"
#include "flow.h"
#include "icmp-error.h"
#include "marked-service.h"
#include "readdress-tc.h"
#include "requote.h"

/* More than are ever under way: the stack sends all fragments of a reply at once. */
#define FRAGMENTED_MAX 4096

/* The service that a flow is for. */
struct flow {
	__be32 address;
};

/* A reply in fragments, RFC 791 section 3.2. */
struct reply_key {
	__be32 source_address;
	__be32 destination_address;
	__be16 identification;
	__u8 protocol;
	__u8 unused; /* a hash key is compared whole: no hidden padding */
};

_Static_assert(sizeof(struct reply_key) == 12, "the key has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow_key);
	__type(value, struct flow);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FRAGMENTED_MAX);
	__type(key, struct reply_key);
	__type(value, struct flow);
} fragmented SEC(".maps");

/* Finds the packet, with all at hand that is read of it: an ICMP error's quote is the most. */
static __always_inline int find_packet(struct __sk_buff *skb, struct ipv4_packet *packet)
{
	if (!find_tc_packet(skb, sizeof(struct tcphdr), packet))
		return 0;
	return packet->ip->protocol != IPPROTO_ICMP ||
	       find_tc_packet(skb, ERROR_BYTES_READ, packet);
}

static __always_inline void remember(const struct flow_key *key, __be32 address)
{
	struct flow flow = { .address = address }, *known = bpf_map_lookup_elem(&flows, key);

	/* Looking it up has kept it from being evicted. */
	if (!known || known->address != address)
		bpf_map_update_elem(&flows, key, &flow, BPF_ANY);
}

static __always_inline void forget(const struct flow_key *key)
{
	if (bpf_map_lookup_elem(&flows, key))
		bpf_map_delete_elem(&flows, key);
}

SEC("tc")
int note_flow(struct __sk_buff *skb)
{
	struct ipv4_packet packet;
	struct service *service;
	struct flow_key key;
	struct quote quote;
	void *data_end;

	if (skb->protocol == bpf_htons(ETH_P_IPV6))
		return note_flow6(skb);
	if (skb->pkt_type != PACKET_HOST || !find_packet(skb, &packet))
		return TC_ACT_OK;
	data_end = (void *)(long)skb->data_end;
	service = marked_service(packet.ip);

	if (has_transport_header(&packet, data_end) && !is_later_fragment(packet.ip)) {
		key = flow_of(packet.ip, packet.content);
		if (!service)
			forget(&key);
		else if (is_fragment(packet.ip) || is_whole_transport(&packet, data_end))
			remember(&key, service->address);
	} else if (service && find_quote(&packet, data_end, &quote) &&
		   quote.ip->saddr == service->address) {
		/* The stack looks at no quoted checksum of TCP or UDP: it is left. */
		readdress_header(skb, place_of_quote(&packet), offsetof(struct iphdr, saddr),
				 service->address, packet.ip->daddr);
	}
	return TC_ACT_OK;
}

static __always_inline struct reply_key reply_of(const struct iphdr *ip)
{
	return (struct reply_key){
		.source_address = ip->saddr,
		.destination_address = ip->daddr,
		.identification = ip->id,
		.protocol = ip->protocol,
	};
}

/* The service that a packet answers for: address 0 if for none. */
static __always_inline struct flow answered_flow(const struct ipv4_packet *packet,
						 const void *data_end)
{
	struct flow *known, none = {};
	struct flow_key key;

	if (is_fragment(packet->ip) ? !has_transport_header(packet, data_end)
				    : !is_whole_transport(packet, data_end))
		return none;
	key = answered_flow_of(packet->ip, packet->content);
	known = bpf_map_lookup_elem(&flows, &key);
	return known ? *known : none;
}

/* The service that a packet answers for, as its first fragment told: address 0 if for none. */
static __always_inline struct flow follow_first_fragment(const struct iphdr *ip)
{
	struct reply_key key = reply_of(ip);
	struct flow *known = bpf_map_lookup_elem(&fragmented, &key), flow = {};

	if (!known)
		return flow;
	flow = *known;
	/* Identifications come again: the last fragment ends it. */
	if (!(ip->frag_off & bpf_htons(IP_MORE_FRAGMENTS)))
		bpf_map_delete_elem(&fragmented, &key);
	return flow;
}

/* Has fragments that come after this one follow it; false if they cannot. */
static __always_inline bool lead_fragments(const struct iphdr *ip, const struct flow *flow)
{
	struct reply_key key = reply_of(ip);

	if (flow->address)
		return bpf_map_update_elem(&fragmented, &key, flow, BPF_ANY) == 0;
	bpf_map_delete_elem(&fragmented, &key);
	return true;
}

/* An error about a request of a flow becomes the service's. */
static __always_inline int restore_error(struct __sk_buff *skb, const struct ipv4_packet *packet)
{
	struct flow *known;
	struct flow_key key;
	struct quote quote;

	if (!find_quote(packet, (void *)(long)skb->data_end, &quote))
		return TC_ACT_OK;
	key = flow_of(quote.ip, quote.ports);
	known = bpf_map_lookup_elem(&flows, &key);
	if (!known || !readdress_error(skb, packet, &quote, known->address))
		return TC_ACT_OK;
	return TC_ACT_SHOT;
}

SEC("tc")
int restore_source(struct __sk_buff *skb)
{
	struct ipv4_packet packet;
	struct flow flow;

	if (skb->protocol == bpf_htons(ETH_P_IPV6))
		return restore_source6(skb);
	if (!find_packet(skb, &packet))
		return TC_ACT_OK;
	if (packet.ip->protocol == IPPROTO_ICMP)
		return restore_error(skb, &packet);
	if (is_later_fragment(packet.ip)) {
		flow = follow_first_fragment(packet.ip);
	} else {
		flow = answered_flow(&packet, (void *)(long)skb->data_end);
		/* A reply from another address than expected is better than half of one. */
		if (is_fragment(packet.ip) && !lead_fragments(packet.ip, &flow))
			return TC_ACT_OK;
	}
	if (!flow.address)
		return TC_ACT_OK;
	return replace_address(skb, &packet, offsetof(struct iphdr, saddr), flow.address);
}

char _license[] SEC("license") = "Dual BSD/GPL";
