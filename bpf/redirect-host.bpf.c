// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Redirect plain UDP datagrams to known hosts, whatever their port: a service's replies, on their way to its clients. */
#include "plain-udp.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct next_hop);
} hosts SEC(".maps");

SEC("tc")
int redirect_host(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	const struct iphdr *ip = data + ETH_HLEN;
	struct next_hop *hop;
	__u32 mtu_bytes = 0;

	if (!is_for_us(skb) || !is_plain_udp(data, data_end, skb->len))
		return TC_ACT_OK;
	hop = bpf_map_lookup_elem(&hosts, &ip->daddr);
	if (!hop || bpf_check_mtu(skb, hop->ifindex, &mtu_bytes, 0, BPF_MTU_CHK_SEGS))
		return TC_ACT_OK;

	give_addresses(data, hop);
	return bpf_redirect(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
