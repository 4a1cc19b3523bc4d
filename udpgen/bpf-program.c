// SPDX-License-Identifier: Apache-2.0
#include "bpf-program.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *type_name(uint32_t type)
{
	return type == BPF_PROG_TYPE_XDP ? "an XDP" : "a TC";
}

/*
 * A number from the lines that the kernel has on a descriptor: only programs have some of these, and
 * the pin may be of a map. False if there is no such line.
 */
static bool read_info(int descriptor, const char *format, uint64_t *value)
{
	char name[64], line[128];
	bool is_found = false;
	FILE *file;

	snprintf(name, sizeof(name), "/proc/thread-self/fdinfo/%d", descriptor);
	file = fopen(name, "re");
	if (!file)
		return false;
	while (!is_found && fgets(line, sizeof(line), file))
		is_found = sscanf(line, format, value) == 1;
	fclose(file);
	return is_found;
}

static bool is_program_of_type(int descriptor, uint32_t type)
{
	uint64_t found;

	return read_info(descriptor, "prog_type: %" SCNu64, &found) && found == type;
}

int bpf_pin_open(const char *what, const char *pin, struct failure *failure)
{
	union bpf_attr attributes;
	int descriptor;

	memset(&attributes, 0, sizeof(attributes));
	attributes.pathname = (uint64_t)(uintptr_t)pin;
	descriptor = (int)syscall(SYS_bpf, BPF_OBJ_GET, &attributes, sizeof(attributes));
	if (descriptor < 0)
		fail(failure, "could not open %s %s: %s", what, pin, strerror(errno));
	return descriptor;
}

int bpf_program_open(const char *pin, uint32_t type, struct failure *failure)
{
	int descriptor = bpf_pin_open("program", pin, failure);

	if (descriptor >= 0 && !is_program_of_type(descriptor, type)) {
		fail(failure, "%s is not %s program", pin, type_name(type));
		close(descriptor);
		return -1;
	}
	return descriptor;
}

bool bpf_program_runs(const char *pin, uint64_t *runs, struct failure *failure)
{
	int descriptor = bpf_pin_open("program", pin, failure);
	bool is_read;

	if (descriptor < 0)
		return false;
	is_read = read_info(descriptor, "run_cnt: %" SCNu64, runs);
	close(descriptor);
	return is_read || fail(failure, "the kernel does not say how often %s has run", pin);
}

int bpf_program_run(int descriptor, const struct bpf_input *input, struct bpf_run *run)
{
	struct xdp_md xdp = {
		.data_end = input->frame_bytes,
		.ingress_ifindex = input->ifindex,
	};
	/* From the device the kernel also tells whether the frame is for this host (pkt_type). */
	struct __sk_buff packet = { .ifindex = input->ifindex };
	bool is_xdp = input->type == BPF_PROG_TYPE_XDP;
	union bpf_attr attributes;

	memset(&attributes, 0, sizeof(attributes));
	attributes.test.prog_fd = (uint32_t)descriptor;
	attributes.test.data_in = (uint64_t)(uintptr_t)input->frame;
	attributes.test.data_size_in = input->frame_bytes;
	attributes.test.ctx_in = is_xdp ? (uint64_t)(uintptr_t)&xdp : (uint64_t)(uintptr_t)&packet;
	attributes.test.ctx_size_in = is_xdp ? sizeof(xdp) : sizeof(packet);
	/* More would run it again on the frame as it left it. */
	attributes.test.repeat = 1;
	if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attributes, sizeof(attributes)) != 0)
		return errno;
	*run = (struct bpf_run){
		.action = attributes.test.retval,
		.duration_ns = attributes.test.duration,
	};
	return 0;
}
