/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* System calls that send a packet, or have received one: known by what is in the caller's buffer. */
#ifndef TRACE_CALLS_H
#define TRACE_CALLS_H

#include <stdbool.h>

#include <asm/unistd.h>
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "../bpfload/trace-event.h"
#include "trace-packet.h"
#include "trace-tell.h"

#ifdef __x86_64__

/* What is in a call's registers is known of this architecture alone. */
struct pt_regs {
	unsigned long si;
	unsigned long orig_ax;
} KERNEL_TYPE;

/* When the call began that a CPU's thread is in. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} receive_call SEC(".maps");

static __always_inline bool read_buffer(const struct pt_regs *registers,
					struct packet_header *header)
{
	return !bpf_probe_read_user(header, sizeof(*header), (const void *)registers->si) &&
	       header->seal == seal_of(header);
}

SEC("?tp_btf/sys_enter")
int sys_enter(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), *begin;
	struct at_hand *hand = at_hand();
	struct place nowhere = { 0 };
	struct packet_header header;
	__u32 zero = 0;

	if (context[1] == __NR_recvfrom) {
		begin = bpf_map_lookup_elem(&receive_call, &zero);
		if (begin)
			*begin = now;
	} else if (context[1] == __NR_sendto && hand && read_buffer(registers, &header)) {
		take_in_hand(hand, &header, NULL, nowhere, TRACE_SENDTO);
		tell(now, &header, nowhere, TRACE_SENDTO, 0, 0);
	}
	return 0;
}

/* Only now it shows which packet it was. */
SEC("?tp_btf/sys_exit")
int sys_exit(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), *begin;
	struct at_hand *hand = at_hand();
	struct place nowhere = { 0 };
	struct packet_header header;
	__u32 zero = 0;

	/* The packet is under way, or nowhere: what the thread does next is not for it. */
	if (registers->orig_ax == __NR_sendto && hand)
		hand->is_there = false;
	if ((long)context[1] < (long)sizeof(header) || registers->orig_ax != __NR_recvfrom ||
	    !read_buffer(registers, &header))
		return 0;
	begin = bpf_map_lookup_elem(&receive_call, &zero);
	if (begin)
		tell(*begin, &header, nowhere, TRACE_RECVFROM, 0, 0);
	tell(now, &header, nowhere, TRACE_RECEIVED, 0, 0);
	return 0;
}

#endif

#endif
