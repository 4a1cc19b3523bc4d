// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Send packets for the address of a service to one of its backends, which answers the client itself
 * (direct server return). Runs in XDP on the device where clients' packets come in; backends may be
 * behind the same device or another, next to it or behind routers.
 *
 * A flow stays with its backend as long as the flow table holds it and the backend is in its slot.
 *
 * All else is left to the stack (XDP_PASS) as it came:
 *  - what is neither IPv4 nor IPv6, or TCP or UDP that is truncated or for no known service, or contradicts itself;
 *  - fragments, the first too: only the first has the ports, so others could not follow it to the
 *    same backend, and a datagram must not be torn apart;
 *  - a packet whose TTL ends here, for the stack to answer, and one that names the routers to go by;
 *  - ICMP, but for errors about a reply of a flow, which go to that flow's backend;
 *  - packets for which there is no backend, or no route to it;
 *  - frames for other hosts, which a bridge floods to this one, and for all hosts of a link.
 * IP options are carried along. The sender's DSCP gives way to the service's.
 *
 * What is too long for the way to the backend and must not be split is answered by the program itself, see
 * too-big.h; what may be split is handed to the stack, for the backend. Errors of routers on that
 * way come to clients directly, and quote the backend, where no program can put that right: the balancer's own
 * route is to know the least MTU. So do errors of the balancer's stack about what it is handed for a backend.
 */
#include <stdbool.h>

#include "arrival.h"
#include "backend-choice.h"
#include "checksum.h"
#include "dscp.h"
#include "icmp-error.h"
#include "service-key.h"
#include "source-route.h"
#include "too-big.h"

struct service {
	/* Code point, 1 to 63, that tells backends which service a packet is for. */
	__u32 dscp;
	/* 0: new flows choose by consistent hashing; 1: at random. */
	__u32 is_random;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service_key);
	__type(value, struct service);
} services SEC(".maps");

/* It needs struct service. */
#include "balance6.h"

/* Where a packet is to go, and the mark that it is to carry. */
struct course {
	__be32 address;
	__u32 dscp;
};

static __always_inline bool find_course(const struct ipv4_packet *packet, const void *data_end,
					struct course *course, struct ports *ports)
{
	struct service_key service_key = {};
	struct service *service;
	struct flow_key key;
	struct flow flow;

	if (!is_whole_transport(packet, data_end))
		return false;
	*ports = *(struct ports *)packet->content;
	service_key.address = packet->ip->daddr;
	service_key.port = ports->destination;
	service_key.protocol = packet->ip->protocol;
	service = bpf_map_lookup_elem(&services, &service_key);
	if (!service)
		return false;
	key = flow_of(packet->ip, ports);
	flow = assigned(&key, service->is_random);
	*course = (struct course){ .address = flow.address, .dscp = service->dscp };
	return course->address;
}

/* An error about a reply has to come to the backend that sent it. */
static __always_inline bool find_course_of_error(const struct ipv4_packet *packet,
						 const void *data_end, struct course *course)
{
	struct service_key service_key = {};
	struct service *service;
	struct quote quote;
	struct flow_key key;
	struct flow *flow;

	if (!find_quote(packet, data_end, &quote) || quote.ip->saddr != packet->ip->daddr)
		return false;
	service_key.address = quote.ip->saddr;
	service_key.port = quote.ports->source;
	service_key.protocol = quote.ip->protocol;
	service = bpf_map_lookup_elem(&services, &service_key);
	key = answered_flow_of(quote.ip, quote.ports);
	flow = bpf_map_lookup_elem(&flows, &key);
	if (!service || !is_current(flow))
		return false;
	*course = (struct course){ .address = flow->address, .dscp = service->dscp };
	return true;
}

/* These change a byte of the header, and its checksum for the word that the byte is in. */
static __always_inline void mark(struct iphdr *ip, __u32 dscp)
{
	__u16 *word = (__u16 *)ip, from = *word;

	ip->tos = tos_with_dscp(ip, dscp);
	update_checksum(&ip->check, from, *word);
}

static __always_inline void decrement_ttl(struct iphdr *ip)
{
	__u16 *word = (__u16 *)&ip->ttl, from = *word;

	ip->ttl--;
	update_checksum(&ip->check, from, *word);
}

SEC("xdp")
int balance(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct bpf_fib_lookup route = { .family = ADDRESS_FAMILY_INET };
	struct ethhdr *eth = data;
	struct ipv4_packet packet;
	struct ports ports = {};
	struct course course;
	struct iphdr *ip;
	int action = XDP_PASS;
	bool is_request;
	long found;

	if (!find_ipv4(data, data_end, data_end - data, &packet))
		return balance6(context);
	if (packet.ip->ttl <= 1 || is_for_others(context, eth) ||
	    is_source_routed(context, packet.ip))
		return XDP_PASS;
	is_request = find_course(&packet, data_end, &course, &ports);
	if (!is_request && !find_course_of_error(&packet, data_end, &course))
		return XDP_PASS;

	ip = packet.ip;
	route.l4_protocol = ip->protocol;
	route.sport = ports.source;
	route.dport = ports.destination;
	route.tot_len = bpf_ntohs(ip->tot_len);
	route.ifindex = context->ingress_ifindex;
	route.tos = tos_with_dscp(ip, course.dscp);
	route.ipv4_src = ip->saddr;
	route.ipv4_dst = course.address;
	found = bpf_fib_lookup(context, &route, sizeof(route), 0);

	if (found == BPF_FIB_LKUP_RET_SUCCESS) {
		action = take_way(context, eth, &route);
		if (action == XDP_PASS)
			return XDP_PASS;
		decrement_ttl(ip);
	} else if (found == BPF_FIB_LKUP_RET_FRAG_NEEDED && is_request &&
		   is_too_big(context, &packet, data_end, route.mtu_result)) {
		return answer_too_big(context, &packet, data_end, route.mtu_result);
	} else if (found != BPF_FIB_LKUP_RET_NO_NEIGH && found != BPF_FIB_LKUP_RET_FRAG_NEEDED) {
		return XDP_PASS;
	}
	/*
	 * Without a neighbour's address, the stack asks for it. What is longer than the link takes, it
	 * splits, or segments where that is still to come. Either way it finds a packet to the backend
	 * and forwards it like any other, so the TTL is left to it.
	 */
	readdress(&packet, data_end, course.address);
	mark(ip, course.dscp);
	return action;
}

/* It needs find_course(). */
#include "balance-l2.h"

char _license[] SEC("license") = "Dual BSD/GPL";
