// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool make_folder(const char *folder, struct failure *failure)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/", folder);
	for (char *end = path; (end = strchr(end + 1, '/'));) {
		*end = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return fail(failure, "could not make folder %s: %s", path, strerror(errno));
		*end = '/';
	}
	return true;
}
