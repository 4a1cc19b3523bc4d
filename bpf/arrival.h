/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What the kernel knows of a frame that came in, and XDP is not told: whether it is for this host, and
 * whether its segmentation is still to come (GSO). It is read from the kernel's own structures, which
 * needs its BTF and bpf_cast_to_kern_ctx(), of kernels from 6.2 on. Elsewhere it is not known.
 */
#ifndef ARRIVAL_H
#define ARRIVAL_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* Bytes of payload that every segment will have: 0 if the packet is sent as it is. */
#define SEGMENT_BYTES_UNKNOWN -1

static __always_inline bool is_same_mac(const __u8 *one, const __u8 *other)
{
	__u32 at;

	for (at = 0; at < ETH_ALEN; at++)
		if (one[at] != other[at])
			return false;
	return true;
}

/* libbpf refuses an object with relocations where there is no BTF to relocate by. */
#if __has_include("/sys/kernel/btf/vmlinux")

/* By the kernel's names; where the fields are is found when the program is loaded. */
#define KERNEL_TYPE __attribute__((preserve_access_index))

struct net_device {
	const unsigned char *dev_addr;
	void *xdp_prog;
} KERNEL_TYPE;

struct xdp_rxq_info {
	struct net_device *dev;
} KERNEL_TYPE;

struct xdp_buff {
	void *data_hard_start;
	struct xdp_rxq_info *rxq;
	__u32 frame_sz;
} KERNEL_TYPE;

struct skb_shared_info {
	unsigned short gso_size;
} KERNEL_TYPE;

/* What it belongs to came with the function. */
enum special_kfunc_type {
	KF_bpf_cast_to_kern_ctx = 9,
};

extern void *bpf_cast_to_kern_ctx(void *context) __ksym __weak;

static __always_inline struct xdp_buff *kernel_context(struct xdp_md *context)
{
	if (!bpf_core_enum_value_exists(enum special_kfunc_type, KF_bpf_cast_to_kern_ctx))
		return NULL;
	return bpf_cast_to_kern_ctx(context);
}

/* The address of the device; false if it is not known. */
static __always_inline bool read_own_mac(struct xdp_md *context, __u8 *mac)
{
	struct xdp_buff *buffer = kernel_context(context);

	return buffer && !bpf_probe_read_kernel(mac, ETH_ALEN, buffer->rxq->dev->dev_addr);
}

/*
 * Only generic mode (net/core/dev.c) gets packets before their segmentation. There what the kernel
 * notes of it, struct skb_shared_info, fills the end of the buffer.
 */
static __always_inline int segment_bytes_of(struct xdp_md *context)
{
	struct xdp_buff *buffer = kernel_context(context);
	/* Its size is rounded up to whole cache lines: SKB_DATA_ALIGN() in include/linux/skbuff.h. */
	__u32 cache_line_bytes = 64;
	struct skb_shared_info *shared;
	unsigned short segment_bytes;

	if (!buffer)
		return SEGMENT_BYTES_UNKNOWN;
	if (!buffer->rxq->dev->xdp_prog)
		return 0;
	shared = buffer->data_hard_start + buffer->frame_sz -
		 ((bpf_core_type_size(struct skb_shared_info) + cache_line_bytes - 1) &
		  -cache_line_bytes);
	if (bpf_core_read(&segment_bytes, sizeof(segment_bytes), &shared->gso_size))
		return SEGMENT_BYTES_UNKNOWN;
	return segment_bytes;
}

#else

static __always_inline bool read_own_mac(struct xdp_md *context, __u8 *mac)
{
	return false;
}

static __always_inline int segment_bytes_of(struct xdp_md *context)
{
	return SEGMENT_BYTES_UNKNOWN;
}

#endif

/* Frames for other hosts of the link, and for all of them: the stack forwards none (ip_forward()). */
static __always_inline bool is_for_others(struct xdp_md *context, const struct ethhdr *eth)
{
	__u8 mac[ETH_ALEN];

	if (eth->h_dest[0] & 1) /* a group, IEEE 802 */
		return true;
	return read_own_mac(context, mac) && !is_same_mac(eth->h_dest, mac);
}

#endif
