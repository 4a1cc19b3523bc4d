// SPDX-License-Identifier: Apache-2.0
/*
 * own-loader OBJECT PROGRAM DEVICE tc|tcx|xdp: a loader as users have them, on libbpf. Loads a program, attaches it by
 * a filter or by a link, says so, and keeps it there until it is ended.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Of enum bpf_attach_type, as headers before Linux 6.6 do not have it. */
enum {
	tcx_ingress = 46
};

static int attach(struct bpf_program *program, int device, const char *how)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = device, .attach_point = BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, options, .prog_fd = bpf_program__fd(program));

	if (strcmp(how, "xdp") == 0)
		return libbpf_get_error(bpf_program__attach_xdp(program, device)) == 0;
	if (strcmp(how, "tcx") == 0)
		return bpf_link_create(bpf_program__fd(program), device, tcx_ingress, NULL) >= 0;
	return bpf_tc_hook_create(&hook) == 0 && bpf_tc_attach(&hook, &options) == 0;
}

int main(int argument_count, char **arguments)
{
	struct bpf_object *object;
	struct bpf_program *program;

	if (argument_count != 5)
		return 2;
	object = bpf_object__open_file(arguments[1], NULL);
	if (libbpf_get_error(object) || bpf_object__load(object))
		return 1;
	program = bpf_object__find_program_by_name(object, arguments[2]);
	if (!program || !attach(program, (int)if_nametoindex(arguments[3]), arguments[4]))
		return 1;
	printf("attached %s\n", arguments[2]);
	fflush(stdout);
	pause();
	return 0;
}
