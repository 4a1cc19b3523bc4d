// SPDX-License-Identifier: Apache-2.0
/*
 * refuse-bpf COMMAND ERRNO PROGRAM…: runs a program that the kernel refuses a command of bpf(2), as one that is
 * older, or a container, does. Numbers are those of enum bpf_cmd.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argument_count, char **arguments)
{
	unsigned int command, error;

	if (argument_count < 4)
		return 2;
	command = (unsigned int)atoi(arguments[1]);
	error = (unsigned int)atoi(arguments[2]);

	/* The lower half of an argument comes first on machines that BPF programs are built for here. */
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, command, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
		perror("refuse-bpf");
		return EXIT_FAILURE;
	}
	execvp(arguments[3], arguments + 3);
	perror(arguments[3]);
	return 127;
}
