// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Forward plain packets of UDP and TCP as the kernel's own routing table and neighbours say (bpf_fib_lookup()), and do to the
 * header what a router does: no map has to be filled. What the lookup does not answer (no neighbour yet, no forwarding,
 * too long for the way out, a route that rejects) is left to the stack, which knows what to do.
 */
#include "plain-packet.h"
#include "tc-frame.h"

/* Of the C library's <sys/socket.h>. */
#define AF_INET	 2
#define AF_INET6 10

/* Rules of routing and the choice between equal routes may go by these. Ports stand at the same place in TCP. */
static __always_inline void ask_for_flow(struct bpf_fib_lookup *lookup, __u8 protocol,
					 const struct udphdr *udp)
{
	lookup->l4_protocol = protocol;
	lookup->sport = udp->source;
	lookup->dport = udp->dest;
}

static __always_inline void ask_for_ipv4(struct bpf_fib_lookup *lookup, const struct iphdr *ip)
{
	ask_for_flow(lookup, ip->protocol, (const void *)(ip + 1));
	lookup->family = AF_INET;
	lookup->tos = ip->tos;
	lookup->ipv4_src = ip->saddr;
	lookup->ipv4_dst = ip->daddr;
}

static __always_inline void ask_for_ipv6(struct bpf_fib_lookup *lookup, const struct ipv6hdr *ip)
{
	ask_for_flow(lookup, ip->nexthdr, (const void *)(ip + 1));
	lookup->family = AF_INET6;
	lookup->flowinfo = *(const __be32 *)ip & bpf_htonl(0x0fffffff);
	__builtin_memcpy(lookup->ipv6_src, &ip->saddr, sizeof(ip->saddr));
	__builtin_memcpy(lookup->ipv6_dst, &ip->daddr, sizeof(ip->daddr));
}

SEC("tc")
int redirect_fib(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct bpf_fib_lookup lookup = { .ifindex = skb->ifindex };
	__u16 family = plain_family(data, data_end, skb->len);
	struct ethhdr *eth = data;

	if (!is_for_us(skb) || !family)
		return TC_ACT_OK;
	if (family == ETH_P_IPV6)
		ask_for_ipv6(&lookup, data + ETH_HLEN);
	else
		ask_for_ipv4(&lookup, data + ETH_HLEN);
	/* Without a length, the kernel holds the packet, or its segments, to the device's MTU. */
	if (bpf_fib_lookup(skb, &lookup, sizeof(lookup), 0) != BPF_FIB_LKUP_RET_SUCCESS)
		return TC_ACT_OK;

	decrease_ttl(data);
	__builtin_memcpy(eth->h_dest, lookup.dmac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, lookup.smac, ETH_ALEN);
	return bpf_redirect(lookup.ifindex, 0);
}

char _license[] SEC("license") = "GPL";
