// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"

static void mount_at(const char *kind, const char *place)
{
	mkdir(place, 0755);
	/* What has mounted itself is there (CONFIG_DEVTMPFS_MOUNT). */
	if (mount(kind, place, kind, 0, NULL) && errno != EBUSY)
		give_up(place);
}

/* A module that is there already, or that this kernel has no use for, hinders nobody: what is lacking shows where it is
 * wanted. */
static void load_module(const char *name)
{
	char path[300];
	int file;

	snprintf(path, sizeof(path), "/modules/%s", name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || (syscall(SYS_finit_module, file, "", 0) && errno != EEXIST))
		fprintf(stderr, "machine-agent: could not load %s: %s\n", name, strerror(errno));
	close(file);
	unlink(path);
}

static void load_modules(void)
{
	struct dirent **entries;
	int count = scandir("/modules", &entries, NULL, alphasort);

	for (int i = 0; i < count; i++)
		if (entries[i]->d_name[0] != '.')
			load_module(entries[i]->d_name);
}

static void set_environment(void)
{
	static char line[4096];
	FILE *file = fopen("/environment", "r");

	while (file && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		putenv(strdup(line));
	}
	if (file)
		fclose(file);
}

void set_up_guest(void)
{
	mount_at("proc", "/proc");
	mount_at("sysfs", "/sys");
	mount_at("devtmpfs", "/dev");
	mount_at("bpf", "/run/bpf");
	/* What pins something in the usual place without being asked where means this one. */
	if (mount("/run/bpf", "/sys/fs/bpf", NULL, MS_BIND, NULL))
		fprintf(stderr, "machine-agent: no /sys/fs/bpf\n");
	/* Shells open it by this name. */
	if (symlink("/proc/self/fd", "/dev/fd") || symlink("fd/0", "/dev/stdin") ||
	    symlink("fd/1", "/dev/stdout") || symlink("fd/2", "/dev/stderr"))
		fprintf(stderr, "machine-agent: no /dev/fd\n");
	set_environment();
	load_modules();
}
