// SPDX-License-Identifier: Apache-2.0
#include "namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool open_namespace(const char *file, int *descriptor, struct failure *failure)
{
	*descriptor = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
	if (file && *descriptor < 0)
		return fail(failure, "could not open namespace %s: %s", file, strerror(errno));
	return true;
}

bool enter_open_namespace(int descriptor, const char *name, int *own_namespace,
			  struct failure *failure)
{
	*own_namespace = -1;
	if (descriptor < 0)
		return true;
	*own_namespace = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (*own_namespace < 0)
		return fail(failure, "could not open udpgen's own namespace: %s", strerror(errno));
	if (setns(descriptor, CLONE_NEWNET) == 0)
		return true;
	fail(failure, "could not enter namespace %s: %s", name, strerror(errno));
	close(*own_namespace);
	return false;
}

bool enter_namespace(const char *file, int *own_namespace, struct failure *failure)
{
	int target;
	bool is_entered;

	*own_namespace = -1;
	if (!open_namespace(file, &target, failure))
		return false;
	is_entered = enter_open_namespace(target, file, own_namespace, failure);
	if (target >= 0)
		close(target);
	return is_entered;
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
