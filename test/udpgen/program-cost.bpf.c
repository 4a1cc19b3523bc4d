// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Programs to measure. What they return says what they were run on. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

static __u32 runs;

SEC("xdp")
int nothing(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("tc")
int nothing_in_tc(struct __sk_buff *packet)
{
	return 0;
}

/* Length and device. */
SEC("xdp")
int shows_frame(struct xdp_md *context)
{
	__u64 frame_bytes = context->data_end - context->data;

	/* Or the compiler adds to the end first, which a verifier forbids. */
	barrier_var(frame_bytes);
	return context->ingress_ifindex * 10000 + frame_bytes;
}

/* Whether the frame is for this host (PACKET_HOST is 0), length and device. */
SEC("tc")
int shows_packet(struct __sk_buff *packet)
{
	return packet->pkt_type * 10000000 + packet->ifindex * 10000 + packet->len;
}

/* The last byte of the Ethernet header, which it changes. */
SEC("xdp")
int rewrites(struct xdp_md *context)
{
	unsigned char *frame = (void *)(long)context->data;

	if (frame + 14 > (unsigned char *)(long)context->data_end)
		return XDP_ABORTED;
	return frame[13]++;
}

/* Something else every time. */
SEC("xdp")
int alternates(struct xdp_md *context)
{
	return runs++ % 2;
}

/* Some microsecond's work. */
SEC("xdp")
int works(struct xdp_md *context)
{
	__u32 number = context->data_end - context->data;

	for (int i = 0; i < 1000; i++)
		number = number * 1664525 + 1013904223;
	return number == 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
