// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Give packets that came through the balancer their first destination back: the address of the
 * service, which a backend has on a device that answers no ARP for it. Its replies then leave from
 * there by themselves.
 *
 * A packet came through the balancer if it carries the mark of a service (see dscp.h). All else is
 * left as it came: connections to the backend's own address, fragments, which the balancer sends
 * nowhere, what is neither TCP nor UDP, and ICMP but for errors about replies of the service.
 */
#include "checksum.h"
#include "icmp-error.h"
#include "marked-service.h"

SEC("xdp")
int restore_destination(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ipv4_packet packet;
	struct service *service;
	struct quote quote;

	if (!find_ipv4(data, data_end, data_end - data, &packet))
		return XDP_PASS;
	service = marked_service(packet.ip);
	if (!service)
		return XDP_PASS;
	if (is_whole_transport(&packet, data_end) ||
	    (find_quote(&packet, data_end, &quote) && quote.ip->saddr == service->address))
		readdress(&packet, data_end, service->address);
	return XDP_PASS;
}

char _license[] SEC("license") = "Dual BSD/GPL";
