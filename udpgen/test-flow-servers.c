// SPDX-License-Identifier: Apache-2.0
#include "check.h"
#include "flow-servers.h"

static void a_flow_counts_once_where_its_first_packet_came(void)
{
	struct flow_servers servers = { 0 };

	CHECK_EQUAL(flow_has_moved(&servers, 0, 1), false);
	CHECK_EQUAL(flow_has_moved(&servers, 0, 1), false);
	CHECK_EQUAL(flow_has_moved(&servers, 7, 1), false);
	CHECK_EQUAL(flow_has_moved(&servers, FLOWS_MAX - 1, SERVERS_MAX - 1), false);
	CHECK_EQUAL(servers.flows[0], 0);
	CHECK_EQUAL(servers.flows[1], 2);
	CHECK_EQUAL(servers.flows[SERVERS_MAX - 1], 1);
}

static void a_moved_flow_stays_counted_where_it_was_first(void)
{
	struct flow_servers servers = { 0 };

	CHECK_EQUAL(flow_has_moved(&servers, 3, 0), false);
	CHECK_EQUAL(flow_has_moved(&servers, 3, 2), true);
	CHECK_EQUAL(flow_has_moved(&servers, 3, 2), true);
	CHECK_EQUAL(flow_has_moved(&servers, 3, 0), false);
	CHECK_EQUAL(servers.flows[0], 1);
	CHECK_EQUAL(servers.flows[2], 0);
}

int main(void)
{
	a_flow_counts_once_where_its_first_packet_came();
	a_moved_flow_stays_counted_where_it_was_first();
	return EXIT_SUCCESS;
}
