/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What a TC hook is told of a frame beside its bytes. */
#ifndef TC_FRAME_H
#define TC_FRAME_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

/* It is for this host, and without a tag: one that the device took off lives in the skb, not in the frame. */
static __always_inline bool is_for_us(const struct __sk_buff *skb)
{
	return !skb->vlan_present && skb->pkt_type == PACKET_HOST;
}

/* Nobody beyond the device would answer it. What is still to be segmented may be longer, if its segments are not. */
static __always_inline bool is_too_long(struct __sk_buff *skb, __u32 ifindex)
{
	__u32 mtu_bytes = 0;

	return bpf_check_mtu(skb, ifindex, &mtu_bytes, 0, BPF_MTU_CHK_SEGS) != 0;
}

#endif
