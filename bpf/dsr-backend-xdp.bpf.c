// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Give packets that came through the balancer their first destination back: the address of the
 * service, which a backend has on a device that answers no ARP for it. Its replies then leave from
 * there by themselves.
 *
 * A packet came through the balancer if it carries the mark of a service (see dscp.h). All else is
 * left as it came: connections to the backend's own address, what is neither TCP nor UDP, ICMP but for
 * errors about replies of the service, and other hosts' frames that a bridge floods to this one.
 *
 * Routers, the balancer's stack among them, split what they may split: each fragment has the mark, and
 * they are put together once all have the address of the service.
 */
#include "arrival.h"
#include "checksum.h"
#include "icmp-error.h"
#include "marked-service.h"
#include "restore-destination6.h"

/* The header has to be there, whole, of all but later fragments: it has the checksum. */
static __always_inline int is_transport(const struct ipv4_packet *packet, const void *data_end)
{
	__u8 protocol = packet->ip->protocol;

	if (is_later_fragment(packet->ip))
		return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
	return is_fragment(packet->ip) ? has_transport_header(packet, data_end)
				       : is_whole_transport(packet, data_end);
}

SEC("xdp")
int restore_destination(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ipv4_packet packet;
	struct service *service;
	struct quote quote;

	if (!find_ipv4(data, data_end, data_end - data, &packet))
		return restore_destination6(context);
	if (is_for_others(context, data))
		return XDP_PASS;
	service = marked_service(packet.ip);
	if (!service)
		return XDP_PASS;
	if (is_transport(&packet, data_end) ||
	    (find_quote(&packet, data_end, &quote) && quote.ip->saddr == service->address))
		readdress(&packet, data_end, service->address);
	return XDP_PASS;
}

char _license[] SEC("license") = "Dual BSD/GPL";
