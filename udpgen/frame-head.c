// SPDX-License-Identifier: Apache-2.0
#include "frame-head.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <string.h>

#include "payload-pattern.h"

#define DONT_FRAGMENT 0x4000

_Static_assert(ETHERNET_BYTES + sizeof(struct iphdr) + sizeof(struct udphdr) ==
		       FRAME_HEAD_BYTES_IPV4,
	       "a head of IPv4");
_Static_assert(ETHERNET_BYTES + sizeof(struct ipv6hdr) + sizeof(struct udphdr) ==
		       FRAME_HEAD_BYTES_IPV6,
	       "a head of IPv6");

/* RFC 1071. What is summed begins at an even place; an odd end is filled up with 0. */
static uint32_t sum_words(const void *bytes, size_t count, uint32_t sum)
{
	const unsigned char *from = bytes;
	uint64_t all = sum;

	for (size_t i = 0; i < count; i += 2) {
		unsigned char pair[2] = { from[i], i + 1 < count ? from[i + 1] : 0 };
		uint16_t word;

		memcpy(&word, pair, sizeof(word));
		all += word;
	}
	while (all >> 16)
		all = (all & 0xffff) + (all >> 16);
	return (uint32_t)all;
}

static void begin_ipv4(unsigned char *place, const struct sockaddr_in *source,
		       const struct sockaddr_in *target, uint8_t hop_limit)
{
	const struct iphdr header = {
		.version = 4,
		.ihl = 5,
		.frag_off = htons(DONT_FRAGMENT),
		.ttl = hop_limit,
		.protocol = IPPROTO_UDP,
		.saddr = source->sin_addr.s_addr,
		.daddr = target->sin_addr.s_addr,
	};

	memcpy(place, &header, sizeof(header));
}

static void begin_ipv6(unsigned char *place, const struct sockaddr_in6 *source,
		       const struct sockaddr_in6 *target, uint8_t hop_limit)
{
	struct ipv6hdr header = {
		.version = 6,
		.nexthdr = IPPROTO_UDP,
		.hop_limit = hop_limit,
	};

	memcpy(&header.saddr, &source->sin6_addr, sizeof(header.saddr));
	memcpy(&header.daddr, &target->sin6_addr, sizeof(header.daddr));
	memcpy(place, &header, sizeof(header));
}

uint32_t frame_head_begin(unsigned char *head, const struct route *route,
			  const struct address *source, const struct address *target,
			  uint8_t hop_limit)
{
	const bool is_ipv6 = target->storage.ss_family == AF_INET6;
	const struct sockaddr_in *from = (const struct sockaddr_in *)&source->storage;
	const struct sockaddr_in *to = (const struct sockaddr_in *)&target->storage;
	struct ethhdr ethernet = { .h_proto = htons(is_ipv6 ? ETH_P_IPV6 : ETH_P_IP) };
	/* Both families have the port at the same place. */
	const struct udphdr udp = { .source = from->sin_port, .dest = to->sin_port };
	uint32_t head_bytes = is_ipv6 ? FRAME_HEAD_BYTES_IPV6 : FRAME_HEAD_BYTES_IPV4;

	memcpy(ethernet.h_source, route->source_mac, sizeof(ethernet.h_source));
	memcpy(ethernet.h_dest, route->next_mac, sizeof(ethernet.h_dest));
	memcpy(head, &ethernet, sizeof(ethernet));
	if (is_ipv6)
		begin_ipv6(head + ETHERNET_BYTES, (const struct sockaddr_in6 *)&source->storage,
			   (const struct sockaddr_in6 *)&target->storage, hop_limit);
	else
		begin_ipv4(head + ETHERNET_BYTES, from, to, hop_limit);
	memcpy(head + head_bytes - sizeof(udp), &udp, sizeof(udp));
	return head_bytes;
}

/* Sets the lengths of IP, and the checksum that IPv4 has. Returns the sum of both addresses. */
static uint32_t finish_ip(unsigned char *place, bool is_ipv6, uint16_t udp_bytes)
{
	struct ipv6hdr v6;
	struct iphdr v4;

	if (is_ipv6) {
		memcpy(&v6, place, sizeof(v6));
		v6.payload_len = htons(udp_bytes);
		memcpy(place, &v6, sizeof(v6));
		return sum_words(&v6.saddr, 2 * sizeof(v6.saddr), 0);
	}
	memcpy(&v4, place, sizeof(v4));
	v4.tot_len = htons((uint16_t)(sizeof(v4) + udp_bytes));
	v4.check = (uint16_t)~sum_words(&v4, sizeof(v4), 0);
	memcpy(place, &v4, sizeof(v4));
	return sum_words(&v4.saddr, 2 * sizeof(v4.saddr), 0);
}

void frame_head_finish(struct flow_frame *frame, uint32_t head_bytes, uint32_t payload_bytes)
{
	const uint16_t udp_bytes = (uint16_t)(sizeof(struct udphdr) + payload_bytes);
	unsigned char *place = frame->head + head_bytes - sizeof(struct udphdr);
	struct udphdr udp;
	uint32_t sum = finish_ip(frame->head + ETHERNET_BYTES, head_bytes == FRAME_HEAD_BYTES_IPV6,
				 udp_bytes);

	memcpy(&udp, place, sizeof(udp));
	udp.len = htons(udp_bytes);
	memcpy(place, &udp, sizeof(udp));
	/* The pseudo-header's protocol and length (RFC 768, RFC 8200 section 8.1). */
	sum += htons(IPPROTO_UDP) + (uint32_t)htons(udp_bytes);
	frame->sum = sum_words(&udp, sizeof(udp), sum);
}

uint32_t payload_sum(const struct packet_header *header, uint32_t payload_bytes)
{
	uint32_t sum = sum_words(header, sizeof(*header), 0);

	return sum_words(payload_pattern, payload_bytes - sizeof(*header), sum);
}
