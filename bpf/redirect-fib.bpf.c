// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Forward plain UDP datagrams as the kernel's own routing table and neighbours say (bpf_fib_lookup()), and do to the
 * header what a router does: no map has to be filled. What the lookup does not answer (no neighbour yet, no forwarding,
 * too long for the way out, a route that rejects) is left to the stack, which knows what to do.
 */
#include "plain-udp.h"

SEC("tc")
int redirect_fib(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	const struct iphdr *ip = data + ETH_HLEN;
	struct bpf_fib_lookup lookup = { .family = 2 /* AF_INET */, .l4_protocol = IPPROTO_UDP };
	struct ethhdr *eth = data;

	if (!is_for_us(skb) || !is_plain_udp(data, data_end, skb->len))
		return TC_ACT_OK;
	lookup.tos = ip->tos;
	lookup.ipv4_src = ip->saddr;
	lookup.ipv4_dst = ip->daddr;
	lookup.ifindex = skb->ifindex;
	/* Without a length, the kernel holds the packet, or its segments, to the device's MTU. */
	if (bpf_fib_lookup(skb, &lookup, sizeof(lookup), 0) != BPF_FIB_LKUP_RET_SUCCESS)
		return TC_ACT_OK;

	decrease_ttl(data);
	__builtin_memcpy(eth->h_dest, lookup.dmac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, lookup.smac, ETH_ALEN);
	return bpf_redirect(lookup.ifindex, 0);
}

char _license[] SEC("license") = "GPL";
