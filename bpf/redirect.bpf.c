// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Redirect UDP datagrams of known services from a TC ingress hook straight to the device
 * behind which the server lives, past the router's network stack.
 *
 * All else is left to the stack (TC_ACT_OK): see plain-udp.h; and what is not addressed to this router.
 * The TTL, or hop limit, is not decremented. A datagram that is too long for the device behind which the server lives is left
 * to the stack, too: nobody there would answer it.
 */
#include "services.h"

SEC("tc")
int redirect(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	struct next_hop *hop;
	__u32 mtu_bytes = 0;

	if (!is_for_us(skb))
		return TC_ACT_OK;
	hop = find_next_hop(data, data_end, skb->len);
	if (!hop)
		return TC_ACT_OK;
	/* What is still to be segmented may be longer, if its segments are not. */
	if (bpf_check_mtu(skb, hop->ifindex, &mtu_bytes, 0, BPF_MTU_CHK_SEGS))
		return TC_ACT_OK;

	give_addresses(data, hop);
	return bpf_redirect(hop->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
