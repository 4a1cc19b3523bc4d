/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Checksums of packets that an XDP program readdresses; TC programs have helpers for it. */
#ifndef CHECKSUM_H
#define CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>

#include "ipv4.h"

/* What is longer exists only before its segmentation, which the checksum is then left to. */
#define SUMMED_BYTES_MAX 0x3fff
/* What bpf_csum_diff() takes at once: kernels before 6.13 copy it to a scratchpad (net/core/filter.c). */
#define PIECE_BYTES_MAX 512

static __always_inline __u16 folded(__u32 sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static __always_inline __u32 sum_of_address(__be32 address)
{
	return (address & 0xffff) + (address >> 16);
}

/* Updates a checksum for a word that changes: RFC 1624 equation 3. */
static __always_inline void update_checksum(__sum16 *check, __u16 from, __u16 to)
{
	*check = ~folded((__u16) ~*check + (__u16)~from + to);
}

static __always_inline void update_checksum_for_address(__sum16 *check, __be32 from, __be32 to)
{
	*check = ~folded((__u16) ~*check + sum_of_address(~from) + sum_of_address(to));
}

/*
 * Adds a piece of the content to sum if its size, a power of two, is among those that the length is
 * made of. Larger pieces come before it, so where it begins follows from the length alone, and the
 * verifier need not tell apart which of them there were.
 */
static __always_inline int add_piece(const struct ipv4_packet *packet, const void *data_end,
				     __u32 piece_bytes, __u32 *sum)
{
	__u32 bytes = packet->content_bytes & SUMMED_BYTES_MAX;
	void *piece = packet->content + (bytes & ~(2 * piece_bytes - 1));

	if (!(bytes & piece_bytes))
		return 1;
	if (piece + piece_bytes > data_end)
		return 0;
	if (piece_bytes >= sizeof(__u32))
		*sum = bpf_csum_diff(NULL, 0, piece, piece_bytes, *sum);
	else if (piece_bytes == sizeof(__u16))
		*sum = folded(*sum) + *(__u16 *)piece;
	else /* RFC 1071: an odd byte is the first of a word whose other is zero. */
		*sum = folded(*sum) + bpf_htons(*(__u8 *)piece << 8);
	return 1;
}

/* The content, its checksum among it, and its pseudo-header add up as they do at a receiver. */
static __always_inline int adds_up(const struct ipv4_packet *packet, const void *data_end,
				   __u32 pseudo_header_sum)
{
	__u32 sum = pseudo_header_sum;
	__u32 begin;

	if (packet->content_bytes > SUMMED_BYTES_MAX)
		return 0;
	for (begin = 0; begin < SUMMED_BYTES_MAX / PIECE_BYTES_MAX; begin++) {
		void *piece = packet->content + begin * PIECE_BYTES_MAX;

		if ((begin + 1) * PIECE_BYTES_MAX > packet->content_bytes)
			break;
		if (piece + PIECE_BYTES_MAX > data_end)
			return 0;
		sum = bpf_csum_diff(NULL, 0, piece, PIECE_BYTES_MAX, sum);
	}
	return add_piece(packet, data_end, 256, &sum) && add_piece(packet, data_end, 128, &sum) &&
	       add_piece(packet, data_end, 64, &sum) && add_piece(packet, data_end, 32, &sum) &&
	       add_piece(packet, data_end, 16, &sum) && add_piece(packet, data_end, 8, &sum) &&
	       add_piece(packet, data_end, 4, &sum) && add_piece(packet, data_end, 2, &sum) &&
	       add_piece(packet, data_end, 1, &sum) && folded(sum) == 0xffff;
}

static __always_inline __u16 pseudo_header_sum(const struct ipv4_packet *packet)
{
	const struct iphdr *ip = packet->ip;

	return folded(sum_of_address(ip->saddr) + sum_of_address(ip->daddr) +
		      bpf_htons(ip->protocol) + bpf_htons((__u16)packet->content_bytes));
}

/*
 * Where the sender leaves the checksum to its device (CHECKSUM_PARTIAL), the field holds the sum of the
 * pseudo-header alone, not complemented, until a device completes it (include/linux/skbuff.h); a
 * change then counts with the opposite sign. XDP is not told which it is. A field that holds anything
 * else is complete. One that holds just that sum is complete if the segment adds up, which happens by
 * chance to 1 in 65,536, and partial if not. A partial one that adds up by the same chance is taken
 * for complete: on veth, which takes every partial checksum for verified, nobody will notice.
 *
 * What is split is completed before (net/ipv4/ip_output.c, ip_do_fragment()).
 */
static __always_inline bool is_left_to_device(const struct ipv4_packet *packet,
					      const void *data_end, __sum16 check)
{
	__u16 sum = pseudo_header_sum(packet);

	return !is_fragment(packet->ip) && check == sum && !adds_up(packet, data_end, sum);
}

static __always_inline __sum16 *transport_check(const struct ipv4_packet *packet)
{
	return packet->ip->protocol == IPPROTO_TCP ? &((struct tcphdr *)packet->content)->check
						   : &((struct udphdr *)packet->content)->check;
}

/* A TCP or UDP checksum for a new destination of the packet that has this header. */
static __always_inline __sum16 readdressed_check(const struct iphdr *ip, __sum16 check,
						 __be32 destination, bool is_left_to_device)
{
	bool is_udp = ip->protocol == IPPROTO_UDP;

	/* Zero in UDP says that there is no checksum, RFC 768. */
	if (is_udp && !check)
		return 0;
	if (is_left_to_device)
		return folded(check + sum_of_address(~ip->daddr) + sum_of_address(destination));
	update_checksum_for_address(&check, ip->daddr, destination);
	return is_udp && !check ? 0xffff : check;
}

static __always_inline void readdress_transport(const struct ipv4_packet *packet,
						const void *data_end, __be32 destination)
{
	__sum16 *check = transport_check(packet);

	/* The caller has seen to it, but the verifier does not remember for which protocol. */
	if ((void *)(check + 1) > data_end)
		return;
	*check = readdressed_check(packet->ip, *check, destination,
				   is_left_to_device(packet, data_end, *check));
}

/*
 * Gives a packet a new destination, and the checksums of its header and of what it carries, if that
 * has one of the addresses.
 */
static __always_inline void readdress(const struct ipv4_packet *packet, const void *data_end,
				      __be32 destination)
{
	struct iphdr *ip = packet->ip;

	if ((ip->protocol == IPPROTO_TCP || ip->protocol == IPPROTO_UDP) && !is_later_fragment(ip))
		readdress_transport(packet, data_end, destination);
	update_checksum_for_address(&ip->check, ip->daddr, destination);
	ip->daddr = destination;
}

#endif
