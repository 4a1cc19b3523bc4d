/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_TCP_ENDS_H
#define UDPGEN_TCP_ENDS_H

#include <stdbool.h>

#include "failure.h"
#include "path.h"

/*
 * Opens what listens, and notes what is to be connected: nothing is yet, as the path may not be up. On
 * failure, tcp_ends_close() takes away what is open.
 */
bool tcp_ends_open(struct tcp_ends *ends, const struct path_plan *plan, const struct cgroup *cgroup,
		   struct failure *failure);

void tcp_ends_close(struct tcp_ends *ends);

/*
 * Moves the calling thread into the client's namespace and cgroup; own_namespace is for tcp_leave_client(), which
 * must follow.
 */
bool tcp_enter_client(const struct tcp_ends *ends, int *own_namespace, struct failure *failure);

void tcp_leave_client(const struct tcp_ends *ends, int own_namespace);

#endif
