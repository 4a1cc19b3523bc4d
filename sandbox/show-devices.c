// SPDX-License-Identifier: Apache-2.0
/*
 * show-devices FOLDER [ro]: /sys shows the devices of the network namespace that this is called in, as sysfs does of
 * the one that it is mounted in (sysfs(5)). What is mounted below it, such as debugfs and cgroups, stays where it
 * was. Where there is no sysfs to be had, /sys stays as it is.
 *
 * All in one process: mount(8) takes one for each of a dozen places, and every command of a path's own begins so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

static const char sys[] = "/sys/";

/* Takes off the escapes of proc_pid_mountinfo(5): `\` and three octal digits. */
static void unescape(char *text)
{
	char *to = text;

	for (const char *from = text; *from; to++) {
		if (from[0] == '\\' && from[1] && from[2] && from[3]) {
			const char digits[] = { from[1], from[2], from[3], '\0' };

			*to = (char)strtol(digits, NULL, 8);
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

/* What is at a place below /sys is below the folder, too, where there is such a place. */
static void bring(const char *place, const char *folder)
{
	char *target;

	if (asprintf(&target, "%s/%s", folder, place + strlen(sys)) < 0)
		return;
	mount(place, target, NULL, MS_BIND, NULL);
	free(target);
}

static void bring_all(FILE *mounts, const char *folder)
{
	char *line = NULL, place[4096];
	size_t room = 0;

	while (getline(&line, &room, mounts) >= 0) {
		if (sscanf(line, "%*s %*s %*s %*s %4095s", place) != 1)
			continue;
		unescape(place);
		if (strncmp(place, sys, strlen(sys)) == 0)
			bring(place, folder);
	}
	free(line);
}

int main(int argument_count, char **arguments)
{
	unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
	FILE *mounts;

	if (argument_count < 2) {
		fputs("show-devices: tell the folder that sysfs is mounted on\n", stderr);
		return EXIT_FAILURE;
	}
	if (argument_count > 2 && strcmp(arguments[2], "ro") == 0)
		flags |= MS_RDONLY;
	if (mount("sysfs", arguments[1], "sysfs", flags, NULL))
		return EXIT_SUCCESS;
	mounts = fopen("/proc/self/mountinfo", "re");
	if (mounts) {
		bring_all(mounts, arguments[1]);
		fclose(mounts);
	}
	if (mount(arguments[1], "/sys", NULL, MS_BIND | MS_REC, NULL)) {
		perror("show-devices: could not mount /sys");
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
