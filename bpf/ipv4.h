/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* An IPv4 packet in an Ethernet frame, as far as its headers are whole and agree with each other. */
#ifndef IPV4_H
#define IPV4_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "transport.h"

/* Flags and offset of a fragment, RFC 791 section 3.1. */
#define IP_DONT_FRAGMENT   0x4000
#define IP_MORE_FRAGMENTS  0x2000
#define IP_FRAGMENT_OFFSET 0x1fff

struct ipv4_packet {
	struct iphdr *ip;
	/* What follows the IP header and its options, and how long it is by the IP header. */
	void *content;
	__u32 content_bytes;
};

/*
 * Finds the packet in a frame of frame_bytes, of which data to data_end is at hand. Not IPv4 is also
 * what stands behind a VLAN tag; a tag that the device took off is not in the frame, and XDP cannot
 * see it (`ethtool -K DEVICE rxvlan off` leaves it there).
 *
 * Nor is one of more than 64 KiB taken, whose length is 0 until it is segmented (BIG TCP): devices send none unless
 * told to (gso_ipv4_max_size in ip-link(8)).
 */
static __always_inline int find_ipv4(void *data, void *data_end, __u32 frame_bytes,
				     struct ipv4_packet *packet)
{
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	__u32 header_bytes, total_bytes;

	if ((void *)(ip + 1) > data_end || eth->h_proto != bpf_htons(ETH_P_IP))
		return 0;
	header_bytes = ip->ihl * 4;
	total_bytes = bpf_ntohs(ip->tot_len);
	if (ip->version != 4 || header_bytes < sizeof(*ip) || total_bytes < header_bytes ||
	    total_bytes > frame_bytes - ETH_HLEN)
		return 0;

	packet->ip = ip;
	packet->content = (void *)ip + header_bytes;
	packet->content_bytes = total_bytes - header_bytes;
	return 1;
}

static __always_inline int is_fragment(const struct iphdr *ip)
{
	return ip->frag_off & bpf_htons(IP_MORE_FRAGMENTS | IP_FRAGMENT_OFFSET);
}

static __always_inline int is_later_fragment(const struct iphdr *ip)
{
	return ip->frag_off & bpf_htons(IP_FRAGMENT_OFFSET);
}

/* The TCP or UDP header is there, whole. */
static __always_inline int has_transport_header(const struct ipv4_packet *packet,
						const void *data_end)
{
	__u32 bytes;

	if (packet->ip->protocol == IPPROTO_TCP)
		bytes = sizeof(struct tcphdr);
	else if (packet->ip->protocol == IPPROTO_UDP)
		bytes = sizeof(struct udphdr);
	else
		return 0;
	/* The lesser size first, and by itself: the verifier learns nothing from one that varies. */
	return packet->content + sizeof(struct udphdr) <= data_end &&
	       packet->content + bytes <= data_end && packet->content_bytes >= bytes;
}

/* A whole TCP segment or UDP datagram, whose own length agrees with that of its packet. */
static __always_inline int is_whole_transport(const struct ipv4_packet *packet,
					      const void *data_end)
{
	if (is_fragment(packet->ip))
		return 0;
	if (packet->ip->protocol == IPPROTO_TCP)
		return is_whole_tcp(packet->content, data_end, packet->content_bytes);
	return packet->ip->protocol == IPPROTO_UDP &&
	       is_whole_udp(packet->content, data_end, packet->content_bytes);
}

#endif
