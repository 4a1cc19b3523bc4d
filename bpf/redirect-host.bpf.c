// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Redirect plain packets of UDP and TCP to known hosts, whatever their port: a service's replies, on their way to its clients. */
#include "lookup.h"
#include "plain-packet.h"
#include "tc-frame.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct next_hop);
} hosts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct in6_addr);
	__type(value, struct next_hop);
} hosts6 SEC(".maps");

static __always_inline struct next_hop *find_host(const void *data, const void *data_end,
						  __u32 frame_bytes)
{
	const struct iphdr *ip = data + ETH_HLEN;
	const struct ipv6hdr *ip6 = data + ETH_HLEN;
	__be32 address;
	struct in6_addr address6;

	switch (plain_family(data, data_end, frame_bytes)) {
	case ETH_P_IP:
		address = ip->daddr;
		return lookup_apart(&hosts, &address);
	case ETH_P_IPV6:
		address6 = ip6->daddr;
		return lookup_apart(&hosts6, &address6);
	default:
		return NULL;
	}
}

SEC("tc")
int redirect_host(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct next_hop *hop;

	if (!is_for_us(skb))
		return TC_ACT_OK;
	hop = find_host(data, data_end, skb->len);
	if (!hop || is_too_long(skb, hop->ifindex))
		return TC_ACT_OK;

	give_addresses(data, hop);
	return bpf_redirect(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
