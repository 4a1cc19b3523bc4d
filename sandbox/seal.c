// SPDX-License-Identifier: Apache-2.0
/*
 * seal WRITABLE…: makes every mount of the caller's mount namespace read-only, but for the mounts named.
 * What a scenario says is carried out behind it, so that nothing in it can reach the host's files.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

/* Every mount below, those that others cover among them, at once: mount_setattr(2). */
static int set_attributes(const char *mount, unsigned int flags, uint64_t set, uint64_t clear)
{
	struct mount_attr attributes = { .attr_set = set, .attr_clr = clear };

	if (syscall(SYS_mount_setattr, AT_FDCWD, mount, flags, &attributes, sizeof(attributes)) ==
	    0)
		return 0;
	return errno;
}

static int give_up(const char *mount, int error)
{
	fprintf(stderr, "seal: could not change mount %s: %s\n", mount, strerror(error));
	return EXIT_FAILURE;
}

int main(int argument_count, char **arguments)
{
	int error = set_attributes("/", AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0);

	/* A kernel before 5.12: names and values are checked before they come here, and that has to do. */
	if (error == ENOSYS)
		return EXIT_SUCCESS;
	if (error)
		return give_up("/", error);
	for (int i = 1; i < argument_count; i++) {
		error = set_attributes(arguments[i], 0, 0, MOUNT_ATTR_RDONLY);
		if (error)
			return give_up(arguments[i], error);
	}
	return EXIT_SUCCESS;
}
