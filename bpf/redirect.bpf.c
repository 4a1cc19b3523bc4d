// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Redirect UDP datagrams and TCP segments of known services from a TC ingress hook straight to the
 * device behind which the server lives, past the router's network stack.
 *
 * All else is left to the stack (TC_ACT_OK): what is not a plain, whole, unfragmented IPv4 packet of UDP
 * or TCP addressed to this router, and what is for a service that the map does not name. A service is an
 * address and a port of either.
 * The TTL is not decremented; a datagram whose TTL ends here is left to the stack, which answers it, and so
 * is one that is too long for the device behind which the server lives: nobody there would.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>

/* These need the types above. */
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IP_FRAGMENT_MASK 0x3fff /* more-fragments flag and offset, RFC 791 section 3.1 */

struct service_key {
	__be32 address;
	__be16 port;
	__u16 unused; /* a hash key is compared whole: no hidden padding */
};

struct next_hop {
	__u32 ifindex;
	__u8 source_mac[ETH_ALEN];
	__u8 destination_mac[ETH_ALEN];
};

_Static_assert(sizeof(struct service_key) == 8, "the key has no hidden padding");
_Static_assert(sizeof(struct next_hop) == 16, "the value has no hidden padding");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct service_key);
	__type(value, struct next_hop);
} services SEC(".maps");

/* A TCP header that is whole, with its options. Its length has no field of its own. */
static __always_inline int is_whole_tcp(const void *transport, const void *data_end,
					__u32 tcp_bytes)
{
	const struct tcphdr *tcp = transport;

	return (const void *)(tcp + 1) <= data_end && tcp->doff >= 5 && tcp->doff * 4u <= tcp_bytes;
}

/* The headers of IPv4 and UDP or TCP are whole and agree with each other and with the frame. */
static __always_inline int is_plain(const struct __sk_buff *skb, const struct iphdr *ip,
				    const struct udphdr *udp, const void *data_end)
{
	__u32 ip_bytes = bpf_ntohs(ip->tot_len);
	__u32 udp_bytes = bpf_ntohs(udp->len);

	if (ip->version != 4 || ip->ihl != 5 || (ip->frag_off & bpf_htons(IP_FRAGMENT_MASK)) ||
	    ip->ttl <= 1 || ip_bytes > skb->len - ETH_HLEN)
		return 0;
	if (ip->protocol == IPPROTO_UDP)
		return udp_bytes >= sizeof(*udp) && udp_bytes == ip_bytes - sizeof(*ip);
	return ip->protocol == IPPROTO_TCP && is_whole_tcp(udp, data_end, ip_bytes - sizeof(*ip));
}

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	struct service_key key = {};
	struct next_hop *hop;
	__u32 mtu_bytes = 0;

	/* A tag that the device took off lives in the skb, not in the frame. */
	if (skb->protocol != bpf_htons(ETH_P_IP) || skb->vlan_present ||
	    skb->pkt_type != PACKET_HOST)
		return TC_ACT_OK;
	/* Ports stand at the same place in TCP. */
	if ((void *)(udp + 1) > data_end || !is_plain(skb, ip, udp, data_end))
		return TC_ACT_OK;

	key.address = ip->daddr;
	key.port = udp->dest;
	hop = bpf_map_lookup_elem(&services, &key);
	if (!hop)
		return TC_ACT_OK;
	/* What is still to be segmented may be longer, if its segments are not. */
	if (bpf_check_mtu(skb, hop->ifindex, &mtu_bytes, 0, BPF_MTU_CHK_SEGS))
		return TC_ACT_OK;

	/* bpf_redirect() keeps the frame as it is: without the next hop's address the receiver
	 * would take it for somebody else's (PACKET_OTHERHOST) and drop it. */
	__builtin_memcpy(eth->h_dest, hop->destination_mac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, hop->source_mac, ETH_ALEN);
	return bpf_redirect(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
