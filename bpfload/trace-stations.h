/* SPDX-License-Identifier: Apache-2.0 */
/* Where packets are seen: programs at tracepoints of the kernel's, and at netfilter's hooks of namespaces. */
#ifndef BPFLOAD_TRACE_STATIONS_H
#define BPFLOAD_TRACE_STATIONS_H

#include <bpf/libbpf.h>
#include <jansson.h>
#include <stdbool.h>

#include "failure.h"

struct stations {
	struct bpf_object *object;
	/* Files of network namespaces, the order's own. */
	json_t *files;
	/* Their numbers in /proc. */
	json_t *inodes;
	struct bpf_link **links;
	size_t links_count;
	/* Links that libbpf of Debian 12 does not know. */
	int *hooks;
	size_t hooks_count;
};

/* Sets of probes: all, those of system calls alone, and all but these. */
enum probes {
	PROBES_ALL,
	PROBES_CALLS,
	PROBES_REST,
};

bool is_netfilter_hook(const struct bpf_program *program);
void make_netfilter_hook(struct bpf_program *program);

/* Has packets in these namespaces looked at. */
bool stations_watch(struct stations *stations, json_t *files, struct failure *failure);
bool stations_attach(struct stations *stations, enum probes probes, struct failure *failure);
void stations_detach(struct stations *stations);
void stations_close(struct stations *stations);

json_t *stations_describe(const struct stations *stations);

#endif
