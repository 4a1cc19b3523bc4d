/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_CGROUP_H
#define UDPGEN_CGROUP_H

#include <stdbool.h>

#include "failure.h"

/*
 * A threaded cgroup: BPF programs at it meet the addresses that sockets call which a thread opens while it is in there
 * (cgroup_sk_alloc() in kernel/cgroup/cgroup.c). Descriptors of what says which threads it has, and of the same of its parent.
 */
struct cgroup {
	int threads;
	int parent_threads;
};

/* Of a path without one: nothing is done. */
#define NO_CGROUP ((struct cgroup){ .threads = -1, .parent_threads = -1 })

/* Opens it, and moves all of this process into its parent, which threads can come from. NO_CGROUP for NULL. */
bool open_cgroup(const char *folder, struct cgroup *cgroup, struct failure *failure);

void close_cgroup(struct cgroup *cgroup);

/* Moves the calling thread into it; leave_cgroup must follow. */
bool enter_cgroup(const struct cgroup *cgroup, struct failure *failure);

void leave_cgroup(const struct cgroup *cgroup);

#endif
