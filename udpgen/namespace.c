// SPDX-License-Identifier: Apache-2.0
#include "namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool enter_namespace(const char *file, int *own_namespace, struct failure *failure)
{
	int target;

	*own_namespace = -1;
	if (!file)
		return true;
	target = open(file, O_RDONLY | O_CLOEXEC);
	if (target < 0)
		return fail(failure, "could not open namespace %s: %s", file, strerror(errno));
	*own_namespace = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (*own_namespace < 0) {
		close(target);
		return fail(failure, "could not open udpgen's own namespace: %s", strerror(errno));
	}
	if (setns(target, CLONE_NEWNET) != 0) {
		fail(failure, "could not enter namespace %s: %s", file, strerror(errno));
		close(target);
		close(*own_namespace);
		return false;
	}
	close(target);
	return true;
}

void leave_namespace(int own_namespace)
{
	if (own_namespace < 0)
		return;
	/* Going on in the wrong namespace would put later sockets in the wrong place, unseen. */
	if (setns(own_namespace, CLONE_NEWNET) != 0) {
		perror("udpgen: could not return to its own namespace");
		exit(1);
	}
	close(own_namespace);
}
