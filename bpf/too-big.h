/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Answer a packet that may not be split, and is longer than its way on takes: ICMP "fragmentation needed"
 * (RFC 1191), about the packet as the client sent it. The stack's own would quote it as readdressed,
 * which is no flow that the client knows, and path-MTU discovery would end there.
 *
 * In generic mode the kernel goes on taking the answer to what was still to be segmented for such a packet, too
 * (gso_size), which XDP cannot undo: a device on its way back that has to segment packets itself drops it. TCP
 * then sends a single segment again, and hears of that.
 */
#ifndef TOO_BIG_H
#define TOO_BIG_H

#include "arrival.h"
#include "checksum.h"
#include "icmp-error.h"

#define ADDRESS_FAMILY_INET	  2 /* AF_INET; its header is none for BPF */
#define ICMP_FRAGMENTATION_NEEDED 4

/* RFC 1812 section 4.3.2.5; RFC 1700. */
#define TOS_INTERNETWORK_CONTROL 0xc0
#define ANSWER_TTL		 64

/* What 576 bytes have room for beside two headers (RFC 1812 section 4.3.2.3), or else what every link takes
 * whole (RFC 791): what is too big has that many at least. */
#define QUOTE_BYTES	  548
#define QUOTE_BYTES_LEAST 68

#define ANSWERS_PER_SECOND 1000 /* of a CPU; Linux sends as many (net.ipv4.icmp_msgs_per_sec) */
#define NS_PER_SECOND	   1000000000ull

/* enum bpf_fib_lookup's flags, of which older headers lack some. */
#define FIB_SKIP_NEIGHBOUR 4
#define FIB_FIND_SOURCE	   16

struct answers {
	__u64 since_ns;
	__u64 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct answers);
} answers SEC(".maps");

struct answer {
	struct ethhdr eth;
	struct iphdr ip;
	struct icmp_header icmp;
} __attribute__((packed));

static __always_inline bool may_answer(void)
{
	__u64 now_ns = bpf_ktime_get_ns();
	__u32 only = 0;
	struct answers *sent = bpf_map_lookup_elem(&answers, &only);

	if (!sent)
		return false;
	if (now_ns - sent->since_ns >= NS_PER_SECOND)
		*sent = (struct answers){ .since_ns = now_ns };
	return sent->count++ < ANSWERS_PER_SECOND;
}

/*
 * The balancer's own address towards the client; the service's where the kernel does not tell, before 6.7,
 * or there is none. 0 if there is no way to the client: nor is there for the stack.
 */
static __always_inline __be32 answering_address(struct xdp_md *context, const struct iphdr *ip)
{
	struct bpf_fib_lookup way_back = {
		.family = ADDRESS_FAMILY_INET,
		.ifindex = context->ingress_ifindex,
		.ipv4_dst = ip->saddr,
	};
	long found = bpf_fib_lookup(context, &way_back, sizeof(way_back),
				    FIB_SKIP_NEIGHBOUR | FIB_FIND_SOURCE);

	if (found == BPF_FIB_LKUP_RET_SUCCESS)
		return way_back.ipv4_src;
	return found < 0 || found == BPF_FIB_LKUP_RET_NO_SRC_ADDR ? ip->daddr : 0;
}

/* Longer than the way on takes, and not to be split. */
static __always_inline bool is_too_big(struct xdp_md *context, const struct ipv4_packet *packet,
				       const void *data_end, __u32 mtu_bytes)
{
	__u32 header_bytes = packet->ip->ihl * 4;
	int segment_bytes = segment_bytes_of(context);
	const struct tcphdr *tcp = packet->content;
	__sum16 *check = transport_check(packet);

	if (!(packet->ip->frag_off & bpf_htons(IP_DONT_FRAGMENT)) || (void *)(check + 1) > data_end)
		return false;
	/* What is still to be segmented has its checksums left to a device: they may fit. */
	if (segment_bytes == SEGMENT_BYTES_UNKNOWN)
		return *check != pseudo_header_sum(packet);
	header_bytes += sizeof(struct udphdr);
	if (packet->ip->protocol == IPPROTO_TCP && (void *)(tcp + 1) <= data_end)
		header_bytes += tcp->doff * 4 - sizeof(struct udphdr);
	return !segment_bytes || header_bytes + segment_bytes > mtu_bytes;
}

/* Sums what is quoted; its length is one of two. */
static __always_inline __u32 sum_of_quote(const struct iphdr *ip, __u32 quote_bytes)
{
	void *rest = (void *)ip + PIECE_BYTES_MAX;
	__u32 sum;

	if (quote_bytes != QUOTE_BYTES)
		return folded(bpf_csum_diff(NULL, 0, (void *)ip, QUOTE_BYTES_LEAST, 0));
	sum = bpf_csum_diff(NULL, 0, (void *)ip, PIECE_BYTES_MAX, 0);
	return folded(bpf_csum_diff(NULL, 0, rest, QUOTE_BYTES - PIECE_BYTES_MAX, sum));
}

/*
 * In generic mode the kernel goes on holding the place of a checksum that was left to a device for one
 * to complete, be it in the quote now. So it is given the value x that this would write there again,
 * x = ~(rest + x), of all other bytes' sum: half of ~rest, which in one's complement is a rotation.
 * Returns the sum of all then.
 */
static __always_inline __u32 settle(__sum16 *check, __u32 sum)
{
	__u16 rest = folded(sum + (__u16) ~*check), twice = ~rest;

	*check = twice >> 1 | twice << 15;
	return folded(rest + *check);
}

/* Puts headers before what is quoted, and cuts off what is not. */
static __always_inline int send_answer(struct xdp_md *context, const void *headers,
				       __u32 headers_bytes, __u32 quote_bytes)
{
	long frame_bytes = (long)context->data_end - (long)context->data;
	void *data;

	/* Else the compiler takes the end of the packet from a number, which the verifier refuses. */
	barrier_var(frame_bytes);
	if (bpf_xdp_adjust_tail(context, (int)(ETH_HLEN + quote_bytes - frame_bytes)) ||
	    bpf_xdp_adjust_head(context, (int)ETH_HLEN - (int)headers_bytes))
		return XDP_DROP;
	data = (void *)(long)context->data;
	if (data + headers_bytes > (void *)(long)context->data_end)
		return XDP_DROP;
	__builtin_memcpy(data, headers, headers_bytes);
	return XDP_TX;
}

/* What cannot be answered is left to the stack as it came; what is too much is dropped. */
static __always_inline int answer_too_big(struct xdp_md *context, const struct ipv4_packet *packet,
					  const void *data_end, __u16 mtu_bytes)
{
	struct ethhdr *eth = (void *)packet->ip - ETH_HLEN;
	struct answer answer = {
		.ip = { .version = 4,
			.ihl = sizeof(struct iphdr) / 4,
			.tos = TOS_INTERNETWORK_CONTROL,
			.frag_off = bpf_htons(IP_DONT_FRAGMENT),
			.ttl = ANSWER_TTL,
			.protocol = IPPROTO_ICMP },
		.icmp = { .type = ICMP_UNREACHABLE,
			  .code = ICMP_FRAGMENTATION_NEEDED,
			  .more = bpf_htonl(mtu_bytes) },
	};
	struct iphdr *ip = packet->ip;
	__sum16 *check = transport_check(packet);
	__u32 quote_bytes = QUOTE_BYTES, sum;

	if ((void *)ip + QUOTE_BYTES > data_end)
		quote_bytes = QUOTE_BYTES_LEAST;
	if ((void *)ip + quote_bytes > data_end)
		return XDP_PASS;
	/* A damaged header tells nothing for sure: the stack answers none either. */
	if (folded(bpf_csum_diff(NULL, 0, (void *)ip, ip->ihl * 4 & 0x3c, 0)) != 0xffff)
		return XDP_PASS;
	answer.ip.saddr = answering_address(context, ip);
	if (!answer.ip.saddr)
		return XDP_PASS;
	if (!may_answer())
		return XDP_DROP;

	sum = sum_of_quote(ip, quote_bytes);
	if ((void *)(check + 1) <= (void *)ip + quote_bytes && (void *)(check + 1) <= data_end &&
	    is_left_to_device(packet, data_end, *check))
		sum = settle(check, sum);
	__builtin_memcpy(answer.eth.h_dest, eth->h_source, ETH_ALEN);
	__builtin_memcpy(answer.eth.h_source, eth->h_dest, ETH_ALEN);
	answer.eth.h_proto = eth->h_proto;
	answer.ip.daddr = ip->saddr;
	answer.ip.tot_len = bpf_htons(sizeof(answer) - ETH_HLEN + quote_bytes);
	answer.ip.check = ~folded(bpf_csum_diff(NULL, 0, (void *)&answer.ip, sizeof(answer.ip), 0));
	answer.icmp.check =
		~folded(bpf_csum_diff(NULL, 0, (void *)&answer.icmp, sizeof(answer.icmp), sum));
	return send_answer(context, &answer, sizeof(answer), quote_bytes);
}

#endif
