// SPDX-License-Identifier: Apache-2.0
/*
 * /proc/net/softnet_stat has a line per CPU that is online, of numbers in hexadecimal: the first counts
 * packets (__netif_receive_skb_core() in net/core/dev.c), whoever had them received, NAPI, RPS or a
 * kernel thread; the thirteenth, from Linux 5.10 on, is the CPU.
 */
#include "softnet.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CPU_FIELD 12
/* Some 130 bytes a CPU. */
#define TEXT_BYTES_MAX (128 * 1024)

static char text[TEXT_BYTES_MAX];

/* The line's number in this place from 0, or `otherwise` where the line is shorter. */
static uint32_t field(const char *line, int place, uint32_t otherwise)
{
	char *end;
	uint32_t number = otherwise;

	for (int i = 0; i <= place; i++) {
		number = (uint32_t)strtoul(line, &end, 16);
		if (end == line)
			return otherwise;
		line = end;
	}
	return number;
}

/* Kept open: reading it again from its start costs a few microseconds. */
static int descriptor(void)
{
	static int file = -2;

	if (file == -2)
		file = open("/proc/net/softnet_stat", O_RDONLY | O_CLOEXEC);
	return file;
}

struct softnet softnet_now(int sender_cpu)
{
	struct softnet seen = { 0 };
	ssize_t bytes = pread(descriptor(), text, sizeof(text) - 1, 0);
	char *rest = NULL;
	uint32_t line_number = 0;

	text[bytes > 0 ? bytes : 0] = '\0';
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		uint32_t packets = field(line, 0, 0);

		if (field(line, CPU_FIELD, line_number) == (uint32_t)sender_cpu)
			seen.sender_cpu += packets;
		else
			seen.other_cpus += packets;
		line_number++;
	}
	return seen;
}
