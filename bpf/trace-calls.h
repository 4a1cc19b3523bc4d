/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* System calls that send a packet, or have received one: known by what is in the caller's buffer. */
#ifndef TRACE_CALLS_H
#define TRACE_CALLS_H

#include <stdbool.h>

#include <asm/unistd.h>
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
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

/* As a program of the user's has it: struct msghdr, of which there is one in every struct mmsghdr. */
struct user_message {
	__u64 name;
	__u64 name_bytes;
	__u64 vectors;
	__u64 vectors_count;
	__u64 control;
	__u64 control_bytes;
	__u64 flags;
};

struct user_messages {
	struct user_message message;
	__u64 bytes;
};

/* When the call began that a CPU's thread is in. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} receive_call SEC(".maps");

struct mnt_namespace {
	struct ns_common ns;
} KERNEL_TYPE;

struct nsproxy {
	struct mnt_namespace *mnt_ns;
} KERNEL_TYPE;

/* The mount namespace of the generator, and of the loader, which writes it here: other generators' calls are not looked at. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} own_mounts SEC(".maps");

static __always_inline bool is_own_call(void)
{
	const struct task_struct *task = (const struct task_struct *)bpf_get_current_task();
	__u32 zero = 0, *own = bpf_map_lookup_elem(&own_mounts, &zero);

	return own && BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum) == *own;
}

static __always_inline bool read_buffer(__u64 buffer, struct packet_header *header)
{
	return !bpf_probe_read_user(header, sizeof(*header), (const void *)buffer) &&
	       header->seal == seal_of(header);
}

/* What is first in a message. */
static __always_inline bool read_message(__u64 place, struct packet_header *header)
{
	struct user_message message;
	__u64 buffer;

	return !bpf_probe_read_user(&message, sizeof(message), (const void *)place) &&
	       !bpf_probe_read_user(&buffer, sizeof(buffer), (const void *)message.vectors) &&
	       read_buffer(buffer, header);
}

static __always_inline bool is_send(long call)
{
	return call == __NR_sendto || call == __NR_sendmsg;
}

static __always_inline bool is_receive(long call)
{
	return call == __NR_recvfrom || call == __NR_recvmmsg;
}

SEC("?tp_btf/sys_enter")
int sys_enter(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), *begin;
	struct at_hand *hand = at_hand();
	struct place nowhere = { 0 };
	struct packet_header header;
	long call = (long)context[1];
	__u32 zero = 0;

	if ((!is_receive(call) && !is_send(call)) || !is_own_call())
		return 0;
	if (is_receive(call)) {
		begin = bpf_map_lookup_elem(&receive_call, &zero);
		if (begin)
			*begin = now;
	} else if (hand && (call == __NR_sendto ? read_buffer(registers->si, &header)
						: read_message(registers->si, &header))) {
		take_in_hand(hand, &header, NULL, nowhere, TRACE_SENDTO);
		tell(now, &header, nowhere, TRACE_SENDTO);
	}
	return 0;
}

static __always_inline void tell_received(__u64 now, const struct packet_header *header)
{
	struct place nowhere = { 0 };
	__u32 zero = 0;
	__u64 *begin = bpf_map_lookup_elem(&receive_call, &zero);

	if (begin)
		tell(*begin, header, nowhere, TRACE_RECVFROM);
	tell(now, header, nowhere, TRACE_RECEIVED);
}

/* Only now it shows which packets they were. */
SEC("?tp_btf/sys_exit")
int sys_exit(__u64 *context)
{
	const struct pt_regs *registers = (const struct pt_regs *)context[0];
	__u64 now = bpf_ktime_get_ns(), buffer = registers->si;
	long call = (long)registers->orig_ax, result = (long)context[1];
	struct at_hand *hand = at_hand();
	struct packet_header header;

	if ((!is_receive(call) && !is_send(call)) || !is_own_call())
		return 0;
	/* The packet is under way, or nowhere: what the thread does next is not for it. */
	if (is_send(call) && hand)
		hand->is_there = false;
	if (call == __NR_recvfrom && result >= (long)sizeof(header) && read_buffer(buffer, &header))
		tell_received(now, &header);
	if (call != __NR_recvmmsg)
		return 0;
	for (long i = 0; i < BATCH_PACKETS && i < result; i++)
		if (read_message(buffer + (__u64)i * sizeof(struct user_messages), &header))
			tell_received(now, &header);
	return 0;
}

#endif

#endif
