/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Plain UDP datagrams, and what is done to those that go past the router's stack. All else is left to that: what is
 * not whole, fragments, IP options, and a datagram whose TTL ends here, which the stack answers.
 */
#ifndef PLAIN_UDP_H
#define PLAIN_UDP_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IP_FRAGMENT_MASK 0x3fff /* more-fragments flag and offset, RFC 791 section 3.1 */

struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct next_hop) == 16, "the value has no hidden padding");

/* The IPv4 and UDP headers are there, whole, and agree with each other and with the frame. */
static __always_inline int is_plain_udp(const void *data, const void *data_end, __u32 frame_bytes)
{
	const struct ethhdr *eth = data;
	const struct iphdr *ip = (const void *)(eth + 1);
	const struct udphdr *udp = (const void *)(ip + 1);
	__u32 ip_bytes, udp_bytes;

	if ((const void *)(udp + 1) > data_end)
		return 0;
	ip_bytes = bpf_ntohs(ip->tot_len);
	udp_bytes = bpf_ntohs(udp->len);
	return ip->version == 4 && ip->ihl == 5 && ip->protocol == IPPROTO_UDP &&
	       !(ip->frag_off & bpf_htons(IP_FRAGMENT_MASK)) && ip->ttl > 1 &&
	       ip_bytes <= frame_bytes - ETH_HLEN && udp_bytes >= sizeof(*udp) &&
	       udp_bytes == ip_bytes - sizeof(*ip);
}

/* What a TC hook meets is IPv4, for this host. A tag that the device took off lives in the skb, not in the frame. */
static __always_inline int is_for_us(const struct __sk_buff *skb)
{
	return skb->protocol == bpf_htons(ETH_P_IP) && !skb->vlan_present &&
	       skb->pkt_type == PACKET_HOST;
}

/*
 * Nothing that redirects a frame changes its addresses: without the next hop's the receiver would take it for
 * somebody else's (PACKET_OTHERHOST) and drop it.
 */
static __always_inline void give_addresses(void *data, const struct next_hop *hop)
{
	struct ethhdr *eth = data;

	__builtin_memcpy(eth->h_dest, hop->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, hop->source_mac, ETH_ALEN);
}

/* What a router does to the header of what it passes on. */
static __always_inline void decrease_ttl(void *data)
{
	struct iphdr *ip = data + ETH_HLEN;
	__u32 check = ip->check;

	/* RFC 1141: the TTL is the upper byte of its word. */
	check += bpf_htons(0x0100);
	ip->check = check + (check >= 0xffff);
	ip->ttl--;
}

#endif
