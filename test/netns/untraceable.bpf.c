// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Programs that drop, spoil or copy a request in forty, or drop all. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

unsigned long long seen;

static int is_turn(struct __sk_buff *skb)
{
	unsigned char protocol = 0;

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	return protocol == 17 && !skb->mark && ++seen % 40 == 0;
}

SEC("tc")
int drops_all(struct __sk_buff *skb)
{
	unsigned char protocol = 0;

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	return protocol == 17 ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc")
int drops_some(struct __sk_buff *skb)
{
	return is_turn(skb) ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc")
int spoils_some(struct __sk_buff *skb)
{
	unsigned short old, new;

	if (!is_turn(skb) || bpf_skb_load_bytes(skb, 90, &old, 2))
		return TC_ACT_OK;
	new = old ^ 0x0101;
	bpf_l4_csum_replace(skb, 40, old, new, 2);
	bpf_skb_store_bytes(skb, 90, &new, 2, 0);
	return TC_ACT_OK;
}

SEC("tc")
int copies_some(struct __sk_buff *skb)
{
	if (is_turn(skb)) {
		skb->mark = 1;
		bpf_clone_redirect(skb, skb->ifindex, BPF_F_INGRESS);
		skb->mark = 0;
	}
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
