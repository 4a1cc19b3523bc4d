/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef PULL_H
#define PULL_H

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/*
 * Makes the first bytes of a frame readable in place; some drivers leave them in pages of their own. No more than will
 * be read: bytes behind the headers are moved, and the packet is copied where somebody shares it.
 */
static __always_inline void pull(struct __sk_buff *skb, __u32 bytes)
{
	if (bytes > skb->len)
		bytes = skb->len;
	if ((void *)(long)skb->data + bytes > (void *)(long)skb->data_end)
		bpf_skb_pull_data(skb, bytes);
}

#endif
