// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Makes the frames of a flood and sends them, in the kernel: udpgen has it run so and so often (BPF_PROG_TEST_RUN with
 * BPF_F_TEST_XDP_LIVE_FRAMES). Frames are used again as they came back, so that all that stands before the payload's
 * pattern is written every time.
 */
#include <stdbool.h>

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "../udpgen/live-frames.h"

/* What udpgen asks for, in memory that it shares: no trial needs a system call for it. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct live_flood);
} live_floods SEC(".maps");

/* The flow whose turn it is: as path_next_flow() of the generator goes round them. */
static __always_inline __u32 next_flow(struct live_flood *flood)
{
	if (flood->turn_left == 0) {
		flood->flow = flood->flow + 1 >= flood->flows_count ? 0 : flood->flow + 1;
		flood->turn_left = flood->burst;
	}
	flood->turn_left--;
	return flood->flow;
}

static __always_inline bool write_frame(struct xdp_md *context, struct live_flood *flood,
					const struct flow_frame *frame, const __u32 head_bytes)
{
	unsigned char *data = (void *)(long)context->data;
	struct packet_header *header;
	__u16 checksum;

	if (data + head_bytes + sizeof(*header) > (unsigned char *)(long)context->data_end)
		return false;
	checksum = finish_frame(frame, &flood->header);
	__builtin_memcpy(data, frame->head, head_bytes - UDP_CHECKSUM_BYTES);
	__builtin_memcpy(data + head_bytes - UDP_CHECKSUM_BYTES, &checksum, sizeof(checksum));
	__builtin_memcpy(data + head_bytes, &flood->header, sizeof(*header));
	return true;
}

/* What comes after a trial's frames: the first batch of it has its time taken. */
static __always_inline int drop_frame(struct live_flood *flood, __u32 number)
{
	if (flood->last_ns == 0 && number % LIVE_BATCH_FRAMES == 0)
		flood->last_ns = bpf_ktime_get_ns();
	return XDP_DROP;
}

SEC("xdp")
int live_frame(struct xdp_md *context)
{
	const __u32 first = 0;
	struct live_flood *flood = bpf_map_lookup_elem(&live_floods, &first);
	const struct flow_frame *frame;
	__u32 flow, number;
	bool is_written;

	if (!flood)
		return XDP_ABORTED;
	if (flood->first_ns == 0)
		flood->first_ns = bpf_ktime_get_ns();
	number = flood->made++;
	if (flood->sequence >= flood->packets)
		return drop_frame(flood, number);
	flow = next_flow(flood);
	if (flow >= FLOWS_MAX)
		return XDP_ABORTED;
	frame = &flood->frames[flow];
	flood->header.flow = flow;
	flood->header.sequence = flood->sequence;
	is_written = flood->head_bytes == FRAME_HEAD_BYTES_IPV6
			     ? write_frame(context, flood, frame, FRAME_HEAD_BYTES_IPV6)
			     : write_frame(context, flood, frame, FRAME_HEAD_BYTES_IPV4);
	if (!is_written)
		return XDP_ABORTED;
	flood->sequence++;
	return bpf_redirect(frame->ifindex, 0);
}

char _license[] SEC("license") = "Dual BSD/GPL";
