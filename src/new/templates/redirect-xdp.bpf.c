// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Redirects UDP datagrams for one port to the device behind which the server is, past the router's stack; all else
 * is left to the stack. A beginning: put your own forwarding in its place.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* "constants" in the scenario gives it another value. */
const volatile __u16 service_port = 7000;

/* "maps" in the scenario writes its entry, field by field. */
struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct next_hop);
} next_hops SEC(".maps");

SEC("xdp")
int redirect_udp(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	struct next_hop *hop;
	__u32 first = 0;

	if ((void *)(udp + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	/* Without options, and no fragment: else there is no UDP header here. */
	if (ip->ihl != 5 || ip->protocol != IPPROTO_UDP || ip->frag_off & bpf_htons(0x3fff))
		return XDP_PASS;
	if (udp->dest != bpf_htons(service_port))
		return XDP_PASS;
	hop = bpf_map_lookup_elem(&next_hops, &first);
	if (!hop)
		return XDP_PASS;

	/* The frame goes out as it is: the server takes only what is addressed to it. */
	__builtin_memcpy(eth->h_dest, hop->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, hop->source_mac, ETH_ALEN);
	return bpf_redirect(hop->ifindex, 0);
}

/* Helpers of the kernel's may be for GPL programs only. */
char _license[] SEC("license") = "Dual BSD/GPL";
