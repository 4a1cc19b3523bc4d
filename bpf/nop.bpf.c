// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Do nothing: what it costs to run a program at a hook, beside which a program's own cost is seen. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int nop_xdp(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("tc")
int nop_tc(struct __sk_buff *skb)
{
	return TC_ACT_OK;
}

SEC("cgroup/connect4")
int nop_connect4(struct bpf_sock_addr *call)
{
	return 1;
}

char _license[] SEC("license") = "Dual BSD/GPL";
