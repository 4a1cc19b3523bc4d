// SPDX-License-Identifier: Apache-2.0
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_file(const char *folder, const char *name, struct failure *failure)
{
	char file[PATH_MAX];
	int descriptor;

	snprintf(file, sizeof(file), "%s/%s", folder, name);
	descriptor = open(file, O_WRONLY | O_CLOEXEC);
	if (descriptor < 0)
		fail(failure, "could not open %s: %s", file, strerror(errno));
	return descriptor;
}

/* 0 stands for who writes it. */
static bool join(int descriptor)
{
	return write(descriptor, "0", 1) == 1;
}

static bool move_process(const char *folder, struct failure *failure)
{
	int processes = open_file(folder, "../cgroup.procs", failure);
	bool is_in = processes >= 0 && join(processes);

	if (processes >= 0 && !is_in)
		fail(failure, "could not enter the cgroup above %s: %s", folder, strerror(errno));
	if (processes >= 0)
		close(processes);
	return is_in;
}

bool open_cgroup(const char *folder, struct cgroup *cgroup, struct failure *failure)
{
	*cgroup = NO_CGROUP;
	if (!folder)
		return true;
	if (!move_process(folder, failure))
		return false;
	cgroup->threads = open_file(folder, "cgroup.threads", failure);
	if (cgroup->threads >= 0)
		cgroup->parent_threads = open_file(folder, "../cgroup.threads", failure);
	if (cgroup->parent_threads >= 0)
		return true;
	close_cgroup(cgroup);
	return false;
}

void close_cgroup(struct cgroup *cgroup)
{
	if (cgroup->threads >= 0)
		close(cgroup->threads);
	if (cgroup->parent_threads >= 0)
		close(cgroup->parent_threads);
	*cgroup = NO_CGROUP;
}

bool enter_cgroup(const struct cgroup *cgroup, struct failure *failure)
{
	return cgroup->threads < 0 || join(cgroup->threads) ||
	       fail(failure, "could not enter a path's cgroup: %s", strerror(errno));
}

void leave_cgroup(const struct cgroup *cgroup)
{
	/* Going on in there would have a path's programs meet other paths' calls, unseen. */
	if (cgroup->threads < 0 || join(cgroup->parent_threads))
		return;
	perror("udpgen: could not return to its own cgroup");
	exit(1);
}
