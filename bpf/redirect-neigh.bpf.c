// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * As redirect.bpf.c, with bpf_redirect_neigh(): the kernel looks the next hop up, and writes its address into the frame,
 * or asks for it. Of the map's entry only the device counts.
 */
#include "services.h"

SEC("tc")
int redirect_neigh(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	struct next_hop *hop = find_way(skb, data);

	if (!hop)
		return TC_ACT_OK;
	decrease_ttl(data);
	return bpf_redirect_neigh(hop->ifindex, NULL, 0, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
