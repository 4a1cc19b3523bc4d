/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Packets that a TC program finds in a frame, and gives another address. */
#ifndef READDRESS_TC_H
#define READDRESS_TC_H

#include <stddef.h>

#include <linux/if_packet.h>
#include <linux/pkt_cls.h>

#include "ipv4.h"
#include "pull.h"

/*
 * Finds the packet, with content_bytes of its content at hand. Behind a tag it is none: one that the device took off
 * lives in the skb, not in the frame.
 */
static __always_inline int find_tc_packet(struct __sk_buff *skb, __u32 content_bytes,
					  struct ipv4_packet *packet)
{
	if (skb->protocol != bpf_htons(ETH_P_IP) || skb->vlan_present)
		return 0;
	pull(skb, ETH_HLEN + sizeof(struct iphdr));
	if (!find_ipv4((void *)(long)skb->data, (void *)(long)skb->data_end, skb->len, packet))
		return 0;
	pull(skb, ETH_HLEN + packet->ip->ihl * 4 + content_bytes);
	return find_ipv4((void *)(long)skb->data, (void *)(long)skb->data_end, skb->len, packet);
}

/* Changes an address in a header that is at `at` in the frame, the packet's or a quoted one, and its checksum. */
static __always_inline long readdress_header(struct __sk_buff *skb, __u32 at, __u32 field,
					     __be32 from, __be32 to)
{
	return bpf_l3_csum_replace(skb, at + offsetof(struct iphdr, check), from, to, sizeof(to)) |
	       bpf_skb_store_bytes(skb, at + field, &to, sizeof(to), 0);
}

/*
 * Gives a packet another address, in the field of struct iphdr at this offset, and the checksums that go with it. Returns
 * what becomes of the packet.
 */
static __always_inline int replace_address(struct __sk_buff *skb, const struct ipv4_packet *packet,
					   __u32 field, __be32 to)
{
	/* The helpers below may move the packet: what is needed of it is read before. */
	__be32 from =
		field == offsetof(struct iphdr, saddr) ? packet->ip->saddr : packet->ip->daddr;
	__u8 protocol = packet->ip->protocol;
	bool has_checksum = !is_later_fragment(packet->ip);
	__u32 content = ETH_HLEN + packet->ip->ihl * 4;
	__u64 flags = BPF_F_PSEUDO_HDR | sizeof(to);
	__u32 check = content + offsetof(struct tcphdr, check);
	long error = 0;

	if (protocol == IPPROTO_UDP) {
		check = content + offsetof(struct udphdr, check);
		flags |= BPF_F_MARK_MANGLED_0; /* zero says that there is none, RFC 768 */
	}
	if (has_checksum)
		error |= bpf_l4_csum_replace(skb, check, from, to, flags);
	error |= readdress_header(skb, ETH_HLEN, field, from, to);
	/* There was no memory for it. What is changed by half must not leave. */
	return error ? TC_ACT_SHOT : TC_ACT_OK;
}

#endif
