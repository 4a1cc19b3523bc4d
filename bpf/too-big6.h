/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Answer an IPv6 packet that is longer than its way on takes: ICMPv6 "packet too big" (RFC 4443 section 3.2), about the
 * packet as the client sent it. No router splits IPv6 packets. What too-big.h says of IPv4 holds here, too.
 */
#ifndef TOO_BIG6_H
#define TOO_BIG6_H

#include "checksum6.h"
#include "too-big.h"

#define ADDRESS_FAMILY_INET6 10 /* AF_INET6 */

/* What the least MTU has room for beside two headers. What is too big for a link has more: none takes less. */
#define QUOTE6_BYTES 1232

struct answer6 {
	struct ethhdr eth;
	struct ipv6hdr ip;
	struct icmp_header icmp;
} __attribute__((packed));

/* What the stack has no room for, beside what IPv4 takes of it. */
struct workspace6 {
	struct bpf_fib_lookup route;
	struct answer6 answer;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct workspace6);
} workspaces6 SEC(".maps");

/* As answering_address(), found in `way`, whose room is used again: the stack is small. False if there is no way. */
static __always_inline bool find_answering_address6(struct xdp_md *context,
						    const struct ipv6hdr *ip,
						    struct bpf_fib_lookup *way)
{
	long found;

	__builtin_memset(way, 0, sizeof(*way));
	way->family = ADDRESS_FAMILY_INET6;
	way->ifindex = context->ingress_ifindex;
	*(struct in6_addr *)way->ipv6_dst = ip->saddr;
	found = bpf_fib_lookup(context, way, sizeof(*way), FIB_SKIP_NEIGHBOUR | FIB_FIND_SOURCE);
	if (found == BPF_FIB_LKUP_RET_SUCCESS)
		return true;
	*(struct in6_addr *)way->ipv6_src = ip->daddr;
	return found < 0 || found == BPF_FIB_LKUP_RET_NO_SRC_ADDR;
}

/* Longer than the way on takes, and not to be segmented into what is not. */
static __always_inline bool is_too_big6(struct xdp_md *context, const struct ipv6_packet *packet,
					const void *data_end, __u32 mtu_bytes)
{
	__u32 header_bytes = sizeof(struct ipv6hdr) + sizeof(struct udphdr);
	int segment_bytes = segment_bytes_of(context);
	const struct tcphdr *tcp = packet->content;
	__sum16 *check = transport_check6(packet);

	if ((void *)(check + 1) > data_end)
		return false;
	/* What is still to be segmented has its checksums left to a device: they may fit. */
	if (segment_bytes == SEGMENT_BYTES_UNKNOWN)
		return *check != pseudo_header_sum6(packet);
	if (packet->ip->nexthdr == IPPROTO_TCP && (void *)(tcp + 1) <= data_end)
		header_bytes += tcp->doff * 4 - sizeof(struct udphdr);
	return !segment_bytes || header_bytes + segment_bytes > mtu_bytes;
}

/* Sums what is quoted of the packet behind its header. */
static __always_inline __u32 sum_of_quoted_content(const void *content)
{
	__u32 bytes = QUOTE6_BYTES - sizeof(struct ipv6hdr);
	__u32 sum = bpf_csum_diff(NULL, 0, (void *)content, PIECE_BYTES_MAX, 0);

	sum = bpf_csum_diff(NULL, 0, (void *)content + PIECE_BYTES_MAX, PIECE_BYTES_MAX, sum);
	return folded(bpf_csum_diff(NULL, 0, (void *)content + 2 * PIECE_BYTES_MAX,
				    bytes - 2 * PIECE_BYTES_MAX, sum));
}

/* What cannot be answered is left to the stack as it came; what is too much is dropped. */
static __always_inline int answer_too_big6(struct xdp_md *context, const struct ipv6_packet *packet,
					   const void *data_end, struct workspace6 *workspace)
{
	struct bpf_fib_lookup *way = &workspace->route;
	struct answer6 *answer = &workspace->answer;
	struct ethhdr *eth = (void *)packet->ip - ETH_HLEN;
	__u16 content_bytes = sizeof(struct icmp_header) + QUOTE6_BYTES;
	__be32 mtu_bytes = bpf_htonl(way->mtu_result);
	struct ipv6hdr *ip = packet->ip;
	__sum16 *check = transport_check6(packet);
	__u32 sum;

	if ((void *)ip + QUOTE6_BYTES > data_end || (void *)(check + 1) > data_end ||
	    !find_answering_address6(context, ip, way))
		return XDP_PASS;
	if (!may_answer())
		return XDP_DROP;

	sum = sum_of_quoted_content(packet->content);
	if (is_left_to_device6(packet, data_end, *check))
		sum = settle(check, sum);
	sum += folded(bpf_csum_diff(NULL, 0, (void *)ip, sizeof(*ip), 0));
	sum += sum_of_address6(&ip->saddr) + sum_of_address6((struct in6_addr *)way->ipv6_src) +
	       bpf_htons(PROTOCOL_ICMPV6) + bpf_htons(content_bytes);
	*answer = (struct answer6){
		.ip = { .version = 6,
			.payload_len = bpf_htons(content_bytes),
			.nexthdr = PROTOCOL_ICMPV6,
			.hop_limit = ANSWER_TTL },
		.icmp = { .type = ICMPV6_TOO_BIG, .more = mtu_bytes },
	};
	__builtin_memcpy(answer->eth.h_dest, eth->h_source, ETH_ALEN);
	__builtin_memcpy(answer->eth.h_source, eth->h_dest, ETH_ALEN);
	answer->eth.h_proto = eth->h_proto;
	__builtin_memcpy(&answer->ip.saddr, way->ipv6_src, sizeof(answer->ip.saddr));
	__builtin_memcpy(&answer->ip.daddr, &ip->saddr, sizeof(answer->ip.daddr));
	answer->icmp.check = ~folded(
		bpf_csum_diff(NULL, 0, (void *)&answer->icmp, sizeof(answer->icmp), folded(sum)));
	return send_answer(context, answer, sizeof(*answer), QUOTE6_BYTES);
}

#endif
