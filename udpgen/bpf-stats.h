/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_BPF_STATS_H
#define UDPGEN_BPF_STATS_H

#include <stdbool.h>

#include "failure.h"

/*
 * Has the kernel count runs of BPF programs, or stop. It counts for as long as a descriptor from
 * BPF_ENABLE_STATS is open (kernel/bpf/syscall.c), so it stops with this process at the latest,
 * where the sysctl kernel.bpf_stats_enabled would outlive it.
 */
bool bpf_stats_enable(bool enabled, struct failure *failure);

#endif
