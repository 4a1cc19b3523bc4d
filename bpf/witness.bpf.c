// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Attached to another program's end: counts what that program returns, packet by packet. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

SEC("fexit")
int witness(__u64 *context)
{
	/* The program's own context comes first, what it returned after it (Documentation/bpf/btf.rst). */
	__u32 action = context[1];
	__u64 one = 1, *count = bpf_map_lookup_elem(&seen, &action);

	if (count)
		__sync_fetch_and_add(count, 1);
	else if (bpf_map_update_elem(&seen, &action, &one, BPF_NOEXIST)) {
		/* Another CPU was first. */
		count = bpf_map_lookup_elem(&seen, &action);
		if (count)
			__sync_fetch_and_add(count, 1);
	}
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
