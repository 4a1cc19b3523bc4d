// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * As redirect.bpf.c, with bpf_redirect_peer(): a datagram is at once received by the other end of the device, in its
 * namespace, without being sent and queued there. At TC ingress alone.
 */
#include "services.h"

SEC("tc")
int redirect_peer(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct next_hop *hop = find_way(skb, data);

	if (!hop)
		return TC_ACT_OK;
	give_addresses(data, hop);
	return bpf_redirect_peer(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
