/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The way of IPv6 packets: as dsr-backend-xdp.bpf.c says of IPv4. Extension headers are left as they came. */
#ifndef RESTORE_DESTINATION6_H
#define RESTORE_DESTINATION6_H

#include "arrival.h"
#include "checksum6.h"
#include "marked-service6.h"

/* Not static, so that the verifier goes through it by itself. */
__noinline int restore_destination6(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ipv6_packet packet;
	struct service6 *service;
	struct quote6 quote;

	if (!find_ipv6(data, data_end, data_end - data, &packet) || is_for_others(context, data))
		return XDP_PASS;
	service = marked_service6(packet.ip);
	if (!service)
		return XDP_PASS;
	if (is_whole_transport6(&packet, data_end) ||
	    (find_quote6(&packet, data_end, &quote) &&
	     is_same_address6(&quote.ip->saddr, &service->address)))
		readdress6(&packet, data_end, &service->address);
	return XDP_PASS;
}

#endif
