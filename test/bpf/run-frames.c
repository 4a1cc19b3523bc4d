// SPDX-License-Identifier: Apache-2.0
/*
 * Runs a pinned program on frames, one after the other (BPF_PROG_TEST_RUN):
 * `run-frames PROGRAM DEVICE`, as if each had come in, or were about to leave, by that device.
 *
 * Standard input: of each frame its length, 32 bits, and its bytes. Standard output: of each its return
 * code, 32 bits, and then the frame as the program left it, likewise. All in the machine's byte order.
 */
#include <linux/bpf.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FRAME_BYTES_MAX 65536

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

static long bpf(enum bpf_cmd command, union bpf_attr *attributes)
{
	return syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static int open_program(const char *pin)
{
	union bpf_attr attributes = { .pathname = (uintptr_t)pin };
	long program = bpf(BPF_OBJ_GET, &attributes);

	if (program < 0)
		give_up(pin);
	return (int)program;
}

static int is_xdp_program(int program)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attributes = { 0 };

	attributes.info.bpf_fd = (uint32_t)program;
	attributes.info.info_len = sizeof(info);
	attributes.info.info = (uintptr_t)&info;
	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attributes) != 0)
		give_up("BPF_OBJ_GET_INFO_BY_FD");
	return info.type == BPF_PROG_TYPE_XDP;
}

/* Puts what the program makes of the frame in its place, and returns the program's return code. */
static uint32_t run(int program, int is_xdp, uint32_t device, unsigned char *frame, uint32_t *bytes)
{
	static unsigned char out[FRAME_BYTES_MAX];
	struct xdp_md xdp = { .data_end = *bytes, .ingress_ifindex = device };
	struct __sk_buff skb = { .ifindex = device };
	union bpf_attr attributes = { 0 };

	attributes.test.prog_fd = (uint32_t)program;
	attributes.test.data_in = (uintptr_t)frame;
	attributes.test.data_size_in = *bytes;
	attributes.test.data_out = (uintptr_t)out;
	attributes.test.data_size_out = sizeof(out);
	attributes.test.ctx_in = is_xdp ? (uintptr_t)&xdp : (uintptr_t)&skb;
	attributes.test.ctx_size_in = is_xdp ? sizeof(xdp) : sizeof(skb);
	if (bpf(BPF_PROG_TEST_RUN, &attributes) != 0)
		give_up("BPF_PROG_TEST_RUN");
	*bytes = attributes.test.data_size_out;
	memcpy(frame, out, *bytes);
	return attributes.test.retval;
}

int main(int argc, char **argv)
{
	static unsigned char frame[FRAME_BYTES_MAX];
	uint32_t bytes, device, action;
	int program, is_xdp;

	if (argc != 3) {
		fprintf(stderr, "usage: run-frames PROGRAM DEVICE <FRAMES\n");
		return 2;
	}
	program = open_program(argv[1]);
	is_xdp = is_xdp_program(program);
	device = if_nametoindex(argv[2]);
	if (device == 0)
		give_up(argv[2]);
	while (fread(&bytes, sizeof(bytes), 1, stdin) == 1) {
		if (bytes > sizeof(frame) || fread(frame, 1, bytes, stdin) != bytes)
			give_up("standard input");
		action = run(program, is_xdp, device, frame, &bytes);
		fwrite(&action, sizeof(action), 1, stdout);
		fwrite(&bytes, sizeof(bytes), 1, stdout);
		fwrite(frame, 1, bytes, stdout);
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
