// SPDX-License-Identifier: Apache-2.0
#include "io.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

void give_up(const char *what)
{
	fprintf(stderr, "runner: could not %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

int memory_file(void)
{
	int file = memfd_create("step", MFD_CLOEXEC);

	if (file < 0)
		give_up("get memory for a step");
	return file;
}

void write_all(int file, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t written = write(file, at, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			give_up("write");
		at += written;
		length -= (size_t)written;
	}
}

void send_number(int connection, uint32_t number)
{
	number = htonl(number);
	write_all(connection, &number, sizeof(number));
}

size_t length_of(int file)
{
	struct stat status;

	if (fstat(file, &status))
		give_up("read what a tool wrote");
	return (size_t)status.st_size;
}

void send_bytes(int connection, int file, size_t length)
{
	off_t from = 0;

	while ((size_t)from < length)
		if (sendfile(connection, file, &from, length - (size_t)from) <= 0)
			give_up("send what a tool wrote");
}
