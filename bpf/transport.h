/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* TCP and UDP headers that are whole, and agree with how long their packet says that its content is. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* With its options. A segment's length has no field of its own. */
static __always_inline bool is_whole_tcp(const void *content, const void *data_end,
					 __u32 content_bytes)
{
	const struct tcphdr *tcp = content;

	return (const void *)(tcp + 1) <= data_end && tcp->doff * 4u >= sizeof(*tcp) &&
	       tcp->doff * 4u <= content_bytes;
}

static __always_inline bool is_whole_udp(const void *content, const void *data_end,
					 __u32 content_bytes)
{
	const struct udphdr *udp = content;

	return (const void *)(udp + 1) <= data_end && bpf_ntohs(udp->len) >= sizeof(*udp) &&
	       bpf_ntohs(udp->len) == content_bytes;
}

/* UDP without a checksum is no datagram of IPv6 (RFC 8200 section 8.1). */
static __always_inline bool is_whole_udp6(const void *content, const void *data_end,
					  __u32 content_bytes)
{
	const struct udphdr *udp = content;

	return is_whole_udp(content, data_end, content_bytes) && udp->check;
}

#endif
