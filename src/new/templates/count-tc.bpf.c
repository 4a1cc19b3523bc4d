// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Counts the UDP datagrams for one port, and lets everything pass. A beginning: put your own work in its place.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* "constants" in the scenario gives it another value. */
const volatile __u16 service_port = 7000;

/* A number for each CPU; a rule of proof, such as "router/map.packets(0)", reads their sum. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

SEC("tc")
int count_udp(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	__u32 first = 0;
	__u64 *count;

	if ((void *)(udp + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return TC_ACT_OK;
	/* Without options, and no fragment: else there is no UDP header here. */
	if (ip->ihl != 5 || ip->protocol != IPPROTO_UDP || ip->frag_off & bpf_htons(0x3fff))
		return TC_ACT_OK;
	if (udp->dest != bpf_htons(service_port))
		return TC_ACT_OK;
	count = bpf_map_lookup_elem(&packets, &first);
	if (count)
		*count += 1;
	return TC_ACT_OK;
}

/* Helpers of the kernel's may be for GPL programs only. */
char _license[] SEC("license") = "Dual BSD/GPL";
