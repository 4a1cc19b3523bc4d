// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Redirect UDP datagrams and TCP segments of known services from a TC ingress hook straight to the device
 * behind which the server lives, past the router's network stack. A service is an address and a port of either.
 *
 * All else is left to the stack (TC_ACT_OK): see plain-packet.h; and what is not addressed to this router.
 * The TTL, or hop limit, is not decremented. What is too long for the device behind which the server lives is left
 * to the stack, too: nobody there would answer it.
 */
#include "services.h"

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct next_hop *hop = find_way(skb, data);

	if (!hop)
		return TC_ACT_OK;
	give_addresses(data, hop);
	return bpf_redirect(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
