/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Change the address of what an ICMP error quotes, in TC. The quoted header's own checksum makes up for its
 * change, so that the ICMP checksum still holds.
 */
#ifndef REQUOTE_H
#define REQUOTE_H

#include <stddef.h>

#include "checksum.h"
#include "icmp-error.h"
#include "readdress-tc.h"

/* What is read of an ICMP error's content at most: the quote with all options, and TCP's header for its checksum. */
#define ERROR_BYTES_READ (sizeof(struct icmp_header) + 60 + sizeof(struct tcphdr))

/* Where in the frame the quoted header is. */
static __always_inline __u32 place_of_quote(const struct ipv4_packet *packet)
{
	return ETH_HLEN + packet->ip->ihl * 4 + sizeof(struct icmp_header);
}

/* A checksum that an ICMP error quotes. */
struct quoted_check {
	__u32 at; /* in the frame; 0 where the quote ends before it */
	__sum16 is;
	__sum16 becomes;
};

/*
 * The checksum of quoted TCP or UDP, and what it is for another destination. The quote may end before what
 * was summed does: what looks like a checksum that was left to a device is taken for one (see
 * is_left_to_device()), and is none once in 65,536 times. Stacks do not look at it.
 */
static __always_inline struct quoted_check quoted_check_for(struct __sk_buff *skb,
							    const struct ipv4_packet *packet,
							    const struct quote *quote,
							    __be32 destination)
{
	struct ipv4_packet quoted = { .ip = quote->ip, .content = quote->ports };
	struct quoted_check found = {};
	__u32 header_bytes = quote->ip->ihl * 4;
	__sum16 *check = transport_check(&quoted);
	__u32 check_bytes = (void *)(check + 1) - quoted.content;

	if ((void *)(check + 1) > (void *)(long)skb->data_end ||
	    sizeof(struct icmp_header) + header_bytes + check_bytes > packet->content_bytes)
		return found;
	quoted.content_bytes = bpf_ntohs(quote->ip->tot_len) - header_bytes;
	found.at = place_of_quote(packet) + header_bytes + check_bytes - sizeof(*check);
	found.is = *check;
	found.becomes =
		readdressed_check(quote->ip, *check, destination,
				  !is_fragment(quote->ip) && *check == pseudo_header_sum(&quoted));
	return found;
}

/*
 * Makes of an error about a packet one about the packet as it was for another destination, `to`: else its sender finds
 * no socket that it is for. It comes from there, too, if it came from the quoted destination itself. The quote keeps the mark and
 * the TTL that the packet came with: stacks do not look at them, and what its sender wrote is not known. Returns 0,
 * or what went wrong half-way.
 */
static __always_inline long readdress_error(struct __sk_buff *skb, const struct ipv4_packet *packet,
					    const struct quote *quote, __be32 to)
{
	/* The helpers below may move the packet: what is needed of it is read before. */
	__be32 from = quote->ip->daddr;
	bool is_own = packet->ip->saddr == from;
	__u32 quote_at = place_of_quote(packet);
	__u32 icmp_check =
		quote_at - sizeof(struct icmp_header) + offsetof(struct icmp_header, check);
	struct quoted_check check = quoted_check_for(skb, packet, quote, to);
	long error = readdress_header(skb, quote_at, offsetof(struct iphdr, daddr), from, to);

	if (check.at)
		error |= bpf_l4_csum_replace(skb, icmp_check, check.is, check.becomes,
					     sizeof(check.is)) |
			 bpf_skb_store_bytes(skb, check.at, &check.becomes, sizeof(check.becomes),
					     0);
	if (is_own)
		error |= readdress_header(skb, ETH_HLEN, offsetof(struct iphdr, saddr), from, to);
	return error;
}

#endif
