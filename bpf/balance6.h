/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The balancer's way of IPv6 packets: as dsr-balancer.bpf.c says of IPv4, with maps of its own. Extension headers,
 * those of fragments among them, are left to the stack.
 */
#ifndef BALANCE6_H
#define BALANCE6_H

#include "arrival.h"
#include "backend-choice6.h"
#include "dscp6.h"
#include "service-key.h"
#include "too-big6.h"
#include "way-on.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service6_key);
	__type(value, struct service);
} services6 SEC(".maps");

struct course6 {
	struct in6_addr address;
	__u32 dscp;
};

static __always_inline struct service *service6_at(const struct in6_addr *address, __be16 port,
						   __u8 protocol)
{
	struct service6_key key = { .address = *address, .port = port, .protocol = protocol };

	return bpf_map_lookup_elem(&services6, &key);
}

static __always_inline bool find_course6(const struct ipv6_packet *packet, const void *data_end,
					 struct course6 *course, struct ports *ports)
{
	struct service *service;
	struct flow6_key key;

	if (!is_whole_transport6(packet, data_end))
		return false;
	*ports = *(struct ports *)packet->content;
	service = service6_at(&packet->ip->daddr, ports->destination, packet->ip->nexthdr);
	if (!service)
		return false;
	course->dscp = service->dscp;
	key = flow6_of(packet->ip, ports);
	return assigned6(&key, service->is_random, &course->address);
}

/* An error about a reply has to come to the backend that sent it. */
static __always_inline bool find_course_of_error6(const struct ipv6_packet *packet,
						  const void *data_end, struct course6 *course)
{
	struct service *service;
	struct quote6 quote;
	struct flow6_key key;
	struct flow6 *flow;

	if (!find_quote6(packet, data_end, &quote) ||
	    !is_same_address6(&quote.ip->saddr, &packet->ip->daddr))
		return false;
	service = service6_at(&quote.ip->saddr, quote.ports->source, quote.ip->nexthdr);
	key = answered_flow6_of(quote.ip, quote.ports);
	flow = bpf_map_lookup_elem(&flows6, &key);
	if (!service || !is_current6(flow))
		return false;
	*course = (struct course6){ .address = flow->address, .dscp = service->dscp };
	return true;
}

/* Not static, so that the verifier goes through it by itself. */
__noinline int balance6(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ethhdr *eth = data;
	struct ipv6_packet packet;
	struct ports ports = {};
	struct course6 course;
	struct ipv6hdr *ip;
	struct workspace6 *workspace;
	struct bpf_fib_lookup *route;
	int action = XDP_PASS;
	__u32 only = 0;
	bool is_request;
	long found;

	if (!find_ipv6(data, data_end, data_end - data, &packet) || packet.ip->hop_limit <= 1 ||
	    is_for_others(context, eth))
		return XDP_PASS;
	is_request = find_course6(&packet, data_end, &course, &ports);
	if (!is_request && !find_course_of_error6(&packet, data_end, &course))
		return XDP_PASS;

	workspace = bpf_map_lookup_elem(&workspaces6, &only);
	if (!workspace)
		return XDP_PASS;
	route = &workspace->route;
	ip = packet.ip;
	*route = (struct bpf_fib_lookup){ .family = ADDRESS_FAMILY_INET6 };
	route->l4_protocol = ip->nexthdr;
	route->sport = ports.source;
	route->dport = ports.destination;
	route->tot_len = sizeof(*ip) + packet.content_bytes;
	route->ifindex = context->ingress_ifindex;
	route->flowinfo = word_with_dscp6(ip, course.dscp) & bpf_htonl(FLOW_INFO6_MASK);
	*(struct in6_addr *)route->ipv6_src = ip->saddr;
	*(struct in6_addr *)route->ipv6_dst = course.address;
	found = bpf_fib_lookup(context, route, sizeof(*route), 0);

	if (found == BPF_FIB_LKUP_RET_SUCCESS) {
		action = take_way(context, eth, route);
		if (action == XDP_PASS)
			return XDP_PASS;
		ip->hop_limit--;
	} else if (found == BPF_FIB_LKUP_RET_FRAG_NEEDED && is_request &&
		   is_too_big6(context, &packet, data_end, route->mtu_result)) {
		return answer_too_big6(context, &packet, data_end, workspace);
	} else if (found != BPF_FIB_LKUP_RET_NO_NEIGH && found != BPF_FIB_LKUP_RET_FRAG_NEEDED) {
		return XDP_PASS;
	}
	/* As of IPv4: the stack asks for a neighbour, and segments what is still to be segmented. */
	readdress6(&packet, data_end, &course.address);
	*(__be32 *)ip = word_with_dscp6(ip, course.dscp);
	return action;
}

#endif
