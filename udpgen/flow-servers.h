/* SPDX-License-Identifier: Apache-2.0 */
/* On which server each flow of a path is: the one it calls, and the one where its packets come out. */
#ifndef UDPGEN_FLOW_SERVERS_H
#define UDPGEN_FLOW_SERVERS_H

#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

struct flow_servers {
	/* The server whose own address the flow calls, from 1; 0 where it calls a service. */
	uint8_t called[FLOWS_MAX];
	/* The server of the flow's first packet, from 1; 0 where none has come yet. */
	uint8_t first[FLOWS_MAX];
	/* Flows whose first packet came to this server. */
	uint32_t flows[SERVERS_MAX];
};

_Static_assert(SERVERS_MAX < UINT8_MAX, "a server's number fits");

/* True if the flow calls another server by its own address. */
static inline bool is_misdirected(const struct flow_servers *servers, uint32_t flow,
				  uint32_t server)
{
	return servers->called[flow] != 0 && servers->called[flow] != server + 1;
}

/* Notes a packet of the flow at the server. True if the flow's first came to another one. */
static inline bool flow_has_moved(struct flow_servers *servers, uint32_t flow, uint32_t server)
{
	uint8_t *first = &servers->first[flow];

	if (*first == 0) {
		*first = (uint8_t)(server + 1);
		servers->flows[server]++;
	}
	return *first != server + 1;
}

#endif
