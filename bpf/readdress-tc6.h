/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* As readdress-tc.h, of IPv6. */
#ifndef READDRESS_TC6_H
#define READDRESS_TC6_H

#include <linux/if_packet.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <stddef.h>

#include "icmp6-error.h"
#include "pull.h"

/* What is read of an ICMPv6 error at most: its quote, and TCP's header there for its checksum. */
#define ERROR6_BYTES_READ \
	(sizeof(struct icmp_header) + sizeof(struct ipv6hdr) + sizeof(struct tcphdr))

#define CONTENT6_AT (ETH_HLEN + sizeof(struct ipv6hdr))

/* Finds the packet, with all at hand that is read of it. */
static __always_inline int find_packet6(struct __sk_buff *skb, struct ipv6_packet *packet)
{
	__u32 content_bytes;

	/* A tag that the device took off lives in the skb, not in the frame. */
	if (skb->protocol != bpf_htons(ETH_P_IPV6) || skb->vlan_present)
		return 0;
	pull(skb, CONTENT6_AT);
	if (!find_ipv6((void *)(long)skb->data, (void *)(long)skb->data_end, skb->len, packet))
		return 0;
	content_bytes =
		packet->ip->nexthdr == PROTOCOL_ICMPV6 ? ERROR6_BYTES_READ : sizeof(struct tcphdr);
	pull(skb, CONTENT6_AT + content_bytes);
	return find_ipv6((void *)(long)skb->data, (void *)(long)skb->data_end, skb->len, packet);
}

/* By how much a checksum changes: what bpf_l4_csum_replace() takes where it is told no size. */
static __always_inline __s64 difference6(const struct in6_addr *from, const struct in6_addr *to)
{
	return bpf_csum_diff((__be32 *)from, sizeof(*from), (__be32 *)to, sizeof(*to), 0);
}

static __always_inline long store_address6(struct __sk_buff *skb, __u32 at,
					   const struct in6_addr *address)
{
	return bpf_skb_store_bytes(skb, at, address, sizeof(*address), 0);
}

/* Where the checksum is, and how to change it for an address. */
static __always_inline long replace_check6(struct __sk_buff *skb, __u8 protocol, __s64 difference)
{
	if (protocol == IPPROTO_TCP)
		return bpf_l4_csum_replace(skb, CONTENT6_AT + offsetof(struct tcphdr, check), 0,
					   difference, BPF_F_PSEUDO_HDR);
	if (protocol == IPPROTO_UDP)
		return bpf_l4_csum_replace(skb, CONTENT6_AT + offsetof(struct udphdr, check), 0,
					   difference, BPF_F_PSEUDO_HDR | BPF_F_MARK_MANGLED_0);
	return bpf_l4_csum_replace(skb, CONTENT6_AT + offsetof(struct icmp_header, check), 0,
				   difference, BPF_F_PSEUDO_HDR);
}

/* Gives a packet another address, in the field of struct ipv6hdr at this offset, and the checksum that goes with it. */
static __always_inline long replace_address6(struct __sk_buff *skb, __u8 protocol, __u32 field,
					     const struct in6_addr *from, const struct in6_addr *to)
{
	return replace_check6(skb, protocol, difference6(from, to)) |
	       store_address6(skb, ETH_HLEN + field, to);
}

#endif
