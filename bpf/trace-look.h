/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The first bytes of a packet, from IP on, and what they say. */
#ifndef TRACE_LOOK_H
#define TRACE_LOOK_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#include "../udpgen/protocol.h"

/* An address of IPv6, UDP and udpgen's header fit; the kernel has more than that behind every packet (skb_shared_info). */
#define LOOK_BYTES 80
/* A packet in a tunnel in a tunnel. */
#define LEVELS_MAX 3

#define UDP_BYTES      8
#define ETHERNET_BYTES 14
#define VXLAN_PORT     4789
#define GENEVE_PORT    6081
#define VXLAN_BYTES    8
#define GRE_BYTES      4
/* ETH_P_TEB: a frame of Ethernet inside. */
#define GRE_ETHERNET 0x6558

struct look {
	__u8 bytes[LOOK_BYTES];
};

static __always_inline bool read_sealed(const struct look *look, __u32 at,
					struct packet_header *header)
{
	if (at > LOOK_BYTES - sizeof(*header))
		return false;
	__builtin_memcpy(header, look->bytes + at, sizeof(*header));
	return header->seal == seal_of(header);
}

static __always_inline __u16 read_be16(const struct look *look, __u32 at)
{
	return at > LOOK_BYTES - 2 ? 0 : (__u16)(look->bytes[at] << 8 | look->bytes[at + 1]);
}

/* Returns the protocol of what follows, and how many bytes there are before it; 0 if this is no header of IP. */
static __always_inline __u8 read_protocol(const struct look *look, __u32 *bytes)
{
	if (look->bytes[0] >> 4 == 4) {
		*bytes = (look->bytes[0] & 15) * 4;
		return look->bytes[9];
	}
	*bytes = 40;
	return look->bytes[0] >> 4 == 6 ? look->bytes[6] : 0;
}

/* Messages of udpgen's by the sequence number of the segment that they begin in. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u32);
	__type(value, struct packet_header);
} segments SEC(".maps");

#define TCP_BYTES 20

/* Of a segment that carries something: an acknowledgement has the number of the next one that does. */
static __always_inline bool read_sequence(const struct look *look, __u32 at, __u32 *sequence)
{
	__u32 packet_bytes =
		look->bytes[0] >> 4 == 4 ? read_be16(look, 2) : 40u + read_be16(look, 4);

	if (at > LOOK_BYTES - TCP_BYTES)
		return false;
	*sequence = (__u32)read_be16(look, at + 4) << 16 | read_be16(look, at + 6);
	return packet_bytes > at + (look->bytes[at + 12] >> 4) * 4;
}

static __always_inline bool find_segment(const struct look *look, __u32 at,
					 struct packet_header *header)
{
	const struct packet_header *known;
	__u32 sequence;

	if (!read_sequence(look, at, &sequence))
		return false;
	known = bpf_map_lookup_elem(&segments, &sequence);
	if (known)
		*header = *known;
	return known != NULL;
}

#endif
