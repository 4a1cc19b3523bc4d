// SPDX-License-Identifier: Apache-2.0
/*
 * own-run NAME…: puts a /run of its own over that of the caller's mount namespace. All that the host has
 * there is in it, but for what would have one of the NAMEs: tools may live there (NixOS has them in
 * /run/current-system), and a checkout may (a disk of a desktop's is mounted below /run/media).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int give_up(const char *what)
{
	fprintf(stderr, "own-run: could not %s: %s\n", what, strerror(errno));
	return EXIT_FAILURE;
}

static int is_one_of(const char *name, char **names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return 1;
	return 0;
}

/* A place that something of its kind can be mounted on. */
static int make_place(int folder, const char *name, mode_t mode)
{
	int file;

	if (S_ISDIR(mode))
		return mkdirat(folder, name, 0755);
	file = openat(folder, name, O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (file < 0)
		return -1;
	return close(file);
}

/* What is mounted below it comes along. */
static void bring_mount(int from, int to, const char *name, mode_t mode)
{
	char source[64], target[64];
	int was, is;

	was = openat(from, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (was < 0)
		return;
	if (make_place(to, name, mode) == 0) {
		is = openat(to, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		/* By descriptor: by its name the old one cannot be reached any more. */
		snprintf(source, sizeof(source), "/proc/self/fd/%d", was);
		snprintf(target, sizeof(target), "/proc/self/fd/%d", is);
		mount(source, target, NULL, MS_BIND | MS_REC, NULL);
		close(is);
	}
	close(was);
}

static void bring_link(int from, int to, const char *name)
{
	char target[4096];
	ssize_t length = readlinkat(from, name, target, sizeof(target) - 1);

	if (length < 0)
		return;
	target[length] = '\0';
	if (symlinkat(target, to, name))
		return;
}

/* What cannot be brought, or has just gone, is not there: nothing of pathbench's own needs it. */
static void bring(int from, int to, const char *name)
{
	struct stat status;

	if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT))
		return;
	if (S_ISLNK(status.st_mode))
		bring_link(from, to, name);
	else
		bring_mount(from, to, name, status.st_mode);
}

int main(int argument_count, char **arguments)
{
	DIR *old = opendir("/run");
	struct dirent *entry;
	int own;

	if (!old)
		return give_up("read /run");
	if (mount("pathbench", "/run", "tmpfs", 0, "mode=755"))
		return give_up("mount a tmpfs on /run");
	if (mount(NULL, "/run", NULL, MS_SHARED, NULL))
		return give_up("share /run");
	own = open("/run", O_DIRECTORY | O_CLOEXEC);
	if (own < 0)
		return give_up("open /run");
	for (int i = 1; i < argument_count; i++)
		if (mkdirat(own, arguments[i], 0755))
			return give_up(arguments[i]);
	while ((entry = readdir(old)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
		    !is_one_of(entry->d_name, arguments + 1))
			bring(dirfd(old), own, entry->d_name);
	return EXIT_SUCCESS;
}
