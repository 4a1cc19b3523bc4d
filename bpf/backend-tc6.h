/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The way of IPv6 packets at a backend: as dsr-backend-tc.bpf.c says of IPv4, with maps of its own. Extension headers are
 * left as they are, those of fragments among them: a reply that the stack has split keeps the backend's address.
 */
#ifndef BACKEND_TC6_H
#define BACKEND_TC6_H

#include "checksum6.h"
#include "flow6.h"
#include "marked-service6.h"
#include "readdress-tc6.h"

#define QUOTE6_AT (CONTENT6_AT + sizeof(struct icmp_header))

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct flow6_key);
	__type(value, struct service6);
} flows6 SEC(".maps");

/* Makes of an error about a reply of the service one about a reply of this host, whose socket is to be found. */
static __always_inline void requote_source6(struct __sk_buff *skb, const struct ipv6_packet *packet,
					    const struct in6_addr *from)
{
	struct in6_addr own = packet->ip->daddr, service = *from;
	__u32 check = CONTENT6_AT + offsetof(struct icmp_header, check);

	/* The stack looks at no quoted checksum of TCP or UDP: it is left. */
	bpf_l4_csum_replace(skb, check, 0, difference6(&service, &own), 0);
	store_address6(skb, QUOTE6_AT + offsetof(struct ipv6hdr, saddr), &own);
}

/* Not static, nor are those below, so that the verifier goes through them by themselves. */
__noinline int note_flow6(struct __sk_buff *skb)
{
	struct ipv6_packet packet;
	struct service6 *service, *known;
	struct flow6_key key;
	struct quote6 quote;
	void *data_end;

	if (skb->pkt_type != PACKET_HOST || !find_packet6(skb, &packet))
		return TC_ACT_OK;
	data_end = (void *)(long)skb->data_end;
	service = marked_service6(packet.ip);
	if (is_whole_transport6(&packet, data_end)) {
		key = flow6_of(packet.ip, packet.content);
		known = bpf_map_lookup_elem(&flows6, &key);
		if (!service && known)
			bpf_map_delete_elem(&flows6, &key);
		/* Looking it up has kept it from being evicted. */
		if (service && (!known || !is_same_address6(&known->address, &service->address)))
			bpf_map_update_elem(&flows6, &key, service, BPF_ANY);
	} else if (service && find_quote6(&packet, data_end, &quote) &&
		   is_same_address6(&quote.ip->saddr, &service->address)) {
		requote_source6(skb, &packet, &service->address);
	}
	return TC_ACT_OK;
}

/*
 * An error about a request of a flow becomes the service's, and quotes the request as the client sent it. The quoted
 * checksum changes by as much as the quoted address does the other way, so that the error's own stays as it is.
 */
static __always_inline int restore_error6(struct __sk_buff *skb, const struct ipv6_packet *packet,
					  const struct quote6 *quote)
{
	struct flow6_key key = flow6_of(quote->ip, quote->ports);
	struct in6_addr source = packet->ip->saddr, from = quote->ip->daddr, to;
	struct service6 *known = bpf_map_lookup_elem(&flows6, &key);
	__u8 protocol = quote->ip->nexthdr;
	__u32 check = QUOTE6_AT + sizeof(struct ipv6hdr) +
		      (protocol == IPPROTO_TCP ? offsetof(struct tcphdr, check)
					       : offsetof(struct udphdr, check));
	__u32 icmp_check = CONTENT6_AT + offsetof(struct icmp_header, check);
	__sum16 is, becomes;
	long error;

	if (!known || bpf_skb_load_bytes(skb, check, &is, sizeof(is)))
		return TC_ACT_OK;
	to = known->address;
	becomes = readdressed_check6(protocol, is, &from, &to, false);
	error = bpf_l4_csum_replace(skb, icmp_check, 0, difference6(&from, &to), 0) |
		store_address6(skb, QUOTE6_AT + offsetof(struct ipv6hdr, daddr), &to) |
		bpf_l4_csum_replace(skb, icmp_check, is, becomes, sizeof(is)) |
		bpf_skb_store_bytes(skb, check, &becomes, sizeof(becomes), 0);
	if (is_same_address6(&source, &from))
		error |= replace_address6(skb, PROTOCOL_ICMPV6, offsetof(struct ipv6hdr, saddr),
					  &from, &to);
	return error ? TC_ACT_SHOT : TC_ACT_OK;
}

__noinline int restore_source6(struct __sk_buff *skb)
{
	struct ipv6_packet packet;
	struct in6_addr from, to;
	struct service6 *known;
	struct flow6_key key;
	struct quote6 quote;
	void *data_end;

	if (!find_packet6(skb, &packet))
		return TC_ACT_OK;
	data_end = (void *)(long)skb->data_end;
	if (find_quote6(&packet, data_end, &quote))
		return restore_error6(skb, &packet, &quote);
	if (!is_whole_transport6(&packet, data_end))
		return TC_ACT_OK;
	key = answered_flow6_of(packet.ip, packet.content);
	known = bpf_map_lookup_elem(&flows6, &key);
	if (!known)
		return TC_ACT_OK;
	from = packet.ip->saddr;
	to = known->address;
	/* There was no memory for it. What is changed by half must not leave. */
	return replace_address6(skb, packet.ip->nexthdr, offsetof(struct ipv6hdr, saddr), &from,
				&to)
		       ? TC_ACT_SHOT
		       : TC_ACT_OK;
}

#endif
