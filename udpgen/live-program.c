// SPDX-License-Identifier: Apache-2.0
#include "live-program.h"

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf-program.h"

/* From Linux 5.18 on; the headers that this is built with may be older. */
#ifndef BPF_F_TEST_XDP_LIVE_FRAMES
#define BPF_F_TEST_XDP_LIVE_FRAMES (1U << 1)
#endif

static int program = -1;
static struct live_flood *flood;

struct live_flood *live_flood(void)
{
	return flood;
}

static size_t mapped_bytes(void)
{
	const size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);

	return (sizeof(*flood) + page_bytes - 1) / page_bytes * page_bytes;
}

static bool map_flood(const char *pin, struct failure *failure)
{
	union bpf_attr attributes;
	void *memory;
	int map, error;

	memset(&attributes, 0, sizeof(attributes));
	attributes.pathname = (uint64_t)(uintptr_t)pin;
	map = (int)syscall(SYS_bpf, BPF_OBJ_GET, &attributes, sizeof(attributes));
	if (map < 0)
		return fail(failure, "could not open map %s: %s", pin, strerror(errno));
	memory = mmap(NULL, mapped_bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
	error = errno;
	close(map);
	if (memory == MAP_FAILED)
		return fail(failure, "could not share map %s: %s", pin, strerror(error));
	flood = memory;
	return true;
}

bool live_program_open(const char *program_pin, const char *map_pin, struct failure *failure)
{
	if (flood)
		munmap(flood, mapped_bytes());
	if (program >= 0)
		close(program);
	flood = NULL;
	program = bpf_program_open(program_pin, BPF_PROG_TYPE_XDP, failure);
	return program >= 0 && map_flood(map_pin, failure);
}

int live_frames_run(int descriptor, const unsigned char *frame, uint32_t frame_bytes,
		    uint32_t count)
{
	/* Of the loopback device of the thread's namespace: there a redirect looks for the device it names. */
	struct xdp_md context = { .data_end = frame_bytes };
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof(attributes));
	attributes.test.prog_fd = (uint32_t)descriptor;
	attributes.test.data_in = (uint64_t)(uintptr_t)frame;
	attributes.test.data_size_in = frame_bytes;
	attributes.test.ctx_in = (uint64_t)(uintptr_t)&context;
	attributes.test.ctx_size_in = sizeof(context);
	attributes.test.repeat = count;
	attributes.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
	attributes.test.batch_size = LIVE_BATCH_FRAMES;
	return syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attributes, sizeof(attributes)) == 0 ? 0
											 : errno;
}

int live_program_run(const unsigned char *frame, uint32_t frame_bytes, uint32_t count)
{
	return live_frames_run(program, frame, frame_bytes, count);
}
