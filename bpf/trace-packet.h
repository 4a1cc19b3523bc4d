/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Finds udpgen's header in a packet of the kernel's, wherever it is on its way: the seal tells it from all others, so that
 * a packet is known again in other namespaces, in copies, and behind other addresses. Of TCP see trace-segment.h.
 */
#ifndef TRACE_PACKET_H
#define TRACE_PACKET_H

#include <linux/in.h>
#include <linux/types.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "../udpgen/protocol.h"
#include "trace-look.h"

/* By the kernel's names; where the fields are is found when the program is loaded. */
#define KERNEL_TYPE __attribute__((preserve_access_index))

struct ns_common {
	unsigned int inum;
} KERNEL_TYPE;

struct net {
	struct ns_common ns;
} KERNEL_TYPE;

typedef struct {
	struct net *net;
} possible_net_t;

/* IFF_UP of <linux/if.h>, which wants more of libc than there is. */
#define DEVICE_UP 1u

struct net_device {
	unsigned int flags;
	int ifindex;
	possible_net_t nd_net;
} KERNEL_TYPE;

struct task_struct {
	struct nsproxy *nsproxy;
	struct bpf_net_context *bpf_net_context;
} KERNEL_TYPE;

struct sk_buff {
	struct net_device *dev;
	unsigned char *head;
	unsigned char *data;
	__u16 network_header;
} KERNEL_TYPE;

/* Looks at what may be a header of IP. Returns by how much further the next one begins; 0 if this is the end. */
static __always_inline __u32 look_at(const unsigned char *place, struct packet_header *header,
				     bool *is_found)
{
	struct look look;
	__u32 bytes = 0, port;
	__u8 protocol;

	if (bpf_probe_read_kernel(&look, sizeof(look), place))
		return 0;
	protocol = read_protocol(&look, &bytes);
	switch (protocol) {
	case IPPROTO_IPIP:
	case IPPROTO_IPV6:
		return bytes;
	case IPPROTO_GRE:
		return bytes + GRE_BYTES +
		       (read_be16(&look, bytes + 2) == GRE_ETHERNET ? ETHERNET_BYTES : 0);
	case IPPROTO_UDP:
		*is_found = read_sealed(&look, bytes + UDP_BYTES, header);
		port = read_be16(&look, bytes + 2);
		if (*is_found || (port != VXLAN_PORT && port != GENEVE_PORT))
			return 0;
		return bytes + UDP_BYTES + VXLAN_BYTES + ETHERNET_BYTES;
	case IPPROTO_TCP:
		*is_found = find_segment(&look, bytes, header);
		return 0;
	default:
		return 0;
	}
}

static __always_inline bool find_below(const unsigned char *place, struct packet_header *header)
{
	bool is_found = false;
	int level;

	for (level = 0; level < LEVELS_MAX; level++) {
		__u32 next = look_at(place, header, &is_found);

		if (!next)
			break;
		place += next;
	}
	return is_found;
}

/*
 * Where IP begins is told by the packet; a device that made it afresh has not told yet, but then its data begin there
 * (eth_type_trans()).
 */
static __always_inline bool find_header(const struct sk_buff *skb, struct packet_header *header)
{
	const unsigned char *told = skb->head + skb->network_header;

	return find_below(told, header) || (skb->data != told && find_below(skb->data, header));
}

#endif
