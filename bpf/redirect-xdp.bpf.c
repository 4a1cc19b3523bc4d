// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * As redirect.bpf.c, at an XDP hook, by a device map. XDP is not told whether a frame is for this host: a device in
 * promiscuous mode would have others' redirected, too.
 */
#include "services.h"

/* By their numbers. */
struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct bpf_devmap_val);
} devices SEC(".maps");

SEC("xdp")
int redirect_xdp(struct xdp_md *frame)
{
	void *data = (void *)(long)frame->data;
	void *data_end = (void *)(long)frame->data_end;
	struct next_hop *hop;
	__u32 mtu_bytes = 0;
	int action;

	hop = find_next_hop(data, data_end, data_end - data);
	if (!hop || bpf_check_mtu(frame, hop->ifindex, &mtu_bytes, 0, 0))
		return XDP_PASS;

	/* A device that is not in the map leaves the frame to the stack, as it came. */
	action = bpf_redirect_map(&devices, hop->ifindex, XDP_PASS);
	if (action == XDP_REDIRECT)
		give_addresses(data, hop);
	return action;
}

char _license[] SEC("license") = "Dual BSD/GPL";
