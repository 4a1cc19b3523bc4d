// SPDX-License-Identifier: Apache-2.0
#include "bpf-stats.h"

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int descriptor = -1;

bool bpf_stats_enable(bool enabled, struct failure *failure)
{
	union bpf_attr attributes;

	if (!enabled) {
		if (descriptor >= 0)
			close(descriptor);
		descriptor = -1;
		return true;
	}
	if (descriptor >= 0)
		return true;
	memset(&attributes, 0, sizeof(attributes));
	attributes.enable_stats.type = BPF_STATS_RUN_TIME;
	descriptor = (int)syscall(SYS_bpf, BPF_ENABLE_STATS, &attributes, sizeof(attributes));
	if (descriptor < 0)
		return fail(failure, "could not enable BPF run statistics: %s", strerror(errno));
	return true;
}
