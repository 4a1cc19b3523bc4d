// SPDX-License-Identifier: Apache-2.0
/*
 * The program is put together here, instruction by instruction, as libxdp does it: it needs no compiler for BPF, no object
 * and no library where it runs.
 */
#include "divert.h"

#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "first-in-turn.h"

/* Where things are in a frame of IPv4 without options, and in one of IPv6 without extension headers. */
#define IP4_PROTOCOL	(ETH_HLEN + 9)
#define IP4_DESTINATION (ETH_HLEN + 16)
#define IP4_BYTES	20
#define IP6_NEXT_HEADER (ETH_HLEN + 6)
#define IP6_DESTINATION (ETH_HLEN + 24)
#define IP6_BYTES	40
/* Of UDP and TCP; no header of theirs is shorter. */
#define DESTINATION_PORT 2
#define UDP_BYTES	 8

#define INSTRUCTIONS_MAX 64

struct program {
	struct bpf_insn code[INSTRUCTIONS_MAX];
	int count;
};

static void emit(struct program *program, uint8_t code, uint8_t to, uint8_t from, int16_t offset,
		 int32_t value)
{
	program->code[program->count++] = (struct bpf_insn){
		.code = code, .dst_reg = to, .src_reg = from, .off = offset, .imm = value
	};
}

/* Loads what is at `offset` of the frame (register 2), and goes to the end unless it is `value`, in network byte order. */
static void require(struct program *program, uint8_t size, int16_t offset, uint32_t value)
{
	emit(program, BPF_LDX | BPF_MEM | size, BPF_REG_4, BPF_REG_2, offset, 0);
	/* By 32 bits: a value of 32 would be taken for a signed one of 64. Where to is known at the end. */
	emit(program, BPF_JMP32 | BPF_JNE | BPF_K, BPF_REG_4, 0, 0, (int32_t)value);
}

/* As require(), for a byte that is one of two. */
static void require_either(struct program *program, int16_t offset, uint8_t one, uint8_t other)
{
	emit(program, BPF_LDX | BPF_MEM | BPF_B, BPF_REG_4, BPF_REG_2, offset, 0);
	emit(program, BPF_JMP32 | BPF_JEQ | BPF_K, BPF_REG_4, 0, 1, one);
	emit(program, BPF_JMP32 | BPF_JNE | BPF_K, BPF_REG_4, 0, 0, other);
}

static void require_packet(struct program *program, const struct diverted *diverted)
{
	const int is_ip4 = diverted->family == AF_INET;
	const int16_t address = is_ip4 ? IP4_DESTINATION : IP6_DESTINATION;
	const int16_t ports = ETH_HLEN + (is_ip4 ? IP4_BYTES : IP6_BYTES);

	/* The headers are there: register 3 is the frame's end. */
	emit(program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_4, BPF_REG_2, 0, 0);
	emit(program, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_4, 0, 0, ports + UDP_BYTES);
	emit(program, BPF_JMP | BPF_JGT | BPF_X, BPF_REG_4, BPF_REG_3, 0, 0);
	require(program, BPF_H, offsetof(struct ethhdr, h_proto),
		htons(is_ip4 ? ETH_P_IP : ETH_P_IPV6));
	if (is_ip4)
		require(program, BPF_B, ETH_HLEN, 0x45);
	require_either(program, is_ip4 ? IP4_PROTOCOL : IP6_NEXT_HEADER, IPPROTO_UDP, IPPROTO_TCP);
	for (int16_t at = 0; at < (is_ip4 ? 4 : 16); at += 4) {
		uint32_t word;

		memcpy(&word, diverted->address + at, sizeof(word));
		require(program, BPF_W, address + at, word);
	}
	require(program, BPF_H, ports + DESTINATION_PORT, htons(diverted->port));
}

/* bpf_redirect_map(&sockets, 0, XDP_PASS) for such a packet, else XDP_PASS. */
static struct program write_program(const struct diverted *diverted, int sockets)
{
	struct program program = { 0 };
	int end;

	emit(&program, BPF_LDX | BPF_MEM | BPF_W, BPF_REG_2, BPF_REG_1,
	     offsetof(struct xdp_md, data), 0);
	emit(&program, BPF_LDX | BPF_MEM | BPF_W, BPF_REG_3, BPF_REG_1,
	     offsetof(struct xdp_md, data_end), 0);
	require_packet(&program, diverted);
	emit(&program, BPF_LD | BPF_DW | BPF_IMM, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, sockets);
	emit(&program, 0, 0, 0, 0, 0);
	emit(&program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, 0);
	emit(&program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_3, 0, 0, XDP_PASS);
	emit(&program, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_redirect_map);
	emit(&program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
	end = program.count;
	emit(&program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, XDP_PASS);
	emit(&program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
	for (int i = 0; i < end; i++) {
		const uint8_t class = BPF_CLASS(program.code[i].code);
		const uint8_t operation = BPF_OP(program.code[i].code);

		if ((class == BPF_JMP && operation == BPF_JGT) ||
		    (class == BPF_JMP32 && operation == BPF_JNE))
			program.code[i].off = (int16_t)(end - i - 1);
	}
	return program;
}

static int bpf(int command, union bpf_attr *attributes)
{
	return (int)syscall(SYS_bpf, command, attributes, sizeof(*attributes));
}

static int make_map(int socket)
{
	union bpf_attr map = { .map_type = BPF_MAP_TYPE_XSKMAP,
			       .key_size = sizeof(uint32_t),
			       .value_size = sizeof(uint32_t),
			       .max_entries = 1 };
	const uint32_t queue = 0, value = (uint32_t)socket;
	int sockets = bpf(BPF_MAP_CREATE, &map);
	union bpf_attr entry = { .map_fd = (uint32_t)sockets,
				 .key = (uint64_t)(uintptr_t)&queue,
				 .value = (uint64_t)(uintptr_t)&value };

	if (sockets < 0 || bpf(BPF_MAP_UPDATE_ELEM, &entry) != 0)
		die("could not make a map of sockets");
	return sockets;
}

void divert(unsigned int device, const struct diverted *diverted, int socket)
{
	static char log[65536];
	const struct program program = write_program(diverted, make_map(socket));
	union bpf_attr loaded = { .prog_type = BPF_PROG_TYPE_XDP,
				  .insn_cnt = (uint32_t)program.count,
				  .insns = (uint64_t)(uintptr_t)program.code,
				  .license = (uint64_t)(uintptr_t) "Apache-2.0",
				  .log_level = 1,
				  .log_size = sizeof(log),
				  .log_buf = (uint64_t)(uintptr_t)log,
				  .prog_name = "to_user_space" };
	union bpf_attr link = { .link_create = { .target_ifindex = device,
						 .attach_type = BPF_XDP } };
	int descriptor = bpf(BPF_PROG_LOAD, &loaded);

	if (descriptor < 0) {
		fputs(log, stderr);
		die("could not load the program");
	}
	link.link_create.prog_fd = (uint32_t)descriptor;
	if (bpf(BPF_LINK_CREATE, &link) < 0)
		die("could not attach the program");
}
