/* SPDX-License-Identifier: Apache-2.0 */
/* Links: what attaches a program to a device for as long as somebody has them, by a descriptor or a pin. */
#ifndef BPFLOAD_LINK_H
#define BPFLOAD_LINK_H

#include <stdint.h>

#include "failure.h"

/* A place of the kernel's for programs, as its enum bpf_attach_type numbers it, and flags of BPF_LINK_CREATE. */
struct link_place {
	int type;
	uint32_t flags;
};

/*
 * Attaches the program that is pinned at `pin` to a device of the caller's namespace, or to a cgroup, whose folder has a
 * slash in its name, and gives the link's descriptor; -1 on failure.
 */
int create_link(const char *target, struct link_place place, const char *pin,
		struct failure *failure);

/* The same, after the programs that are there, for as long as the link is pinned at `link_pin`. Gives an exit code. */
int pin_link(const char *target, const char *type, const char *pin, const char *link_pin);

#endif
