/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The balancer for backends that are on one of its own links and have the service's address themselves: a request goes
 * there as it came, in a frame for the backend. Neighbours' addresses are to be known: nobody asks for them here.
 */
#ifndef BALANCE_L2_H
#define BALANCE_L2_H

#include "balance6.h"
#include "way-on.h"

/* Not static, so that the verifier goes through it by itself. */
__noinline int balance_l2_of6(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ipv6_packet packet;
	struct course6 course;
	struct ports ports;
	struct workspace6 *workspace;
	__u32 only = 0;

	if (!find_ipv6(data, data_end, data_end - data, &packet) || is_for_others(context, data) ||
	    !find_course6(&packet, data_end, &course, &ports))
		return XDP_PASS;
	workspace = bpf_map_lookup_elem(&workspaces6, &only);
	if (!workspace)
		return XDP_PASS;
	workspace->route = (struct bpf_fib_lookup){ .family = ADDRESS_FAMILY_INET6 };
	workspace->route.tot_len = sizeof(*packet.ip) + packet.content_bytes;
	workspace->route.ifindex = context->ingress_ifindex;
	*(struct in6_addr *)workspace->route.ipv6_src = packet.ip->saddr;
	*(struct in6_addr *)workspace->route.ipv6_dst = course.address;
	if (bpf_fib_lookup(context, &workspace->route, sizeof(workspace->route), 0))
		return XDP_PASS;
	return take_way(context, data, &workspace->route);
}

SEC("xdp")
int balance_l2(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct bpf_fib_lookup route = { .family = ADDRESS_FAMILY_INET };
	struct ipv4_packet packet;
	struct course course;
	struct ports ports;

	if (!find_ipv4(data, data_end, data_end - data, &packet))
		return balance_l2_of6(context);
	if (is_for_others(context, data) || !find_course(&packet, data_end, &course, &ports))
		return XDP_PASS;
	route.tot_len = bpf_ntohs(packet.ip->tot_len);
	route.ifindex = context->ingress_ifindex;
	route.ipv4_src = packet.ip->saddr;
	route.ipv4_dst = course.address;
	if (bpf_fib_lookup(context, &route, sizeof(route), 0))
		return XDP_PASS;
	return take_way(context, data, &route);
}

#endif
