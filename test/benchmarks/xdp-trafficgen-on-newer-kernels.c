// SPDX-License-Identifier: Apache-2.0
/*
 * For LD_PRELOAD before xdp-trafficgen: release 1.3.1, as Debian 12 has it, does not start on Linux 6.18. It loads programs
 * at two tracepoints that this kernel no longer has (https://github.com/xdp-project/xdp-tools/pull/513), and tries live
 * frames with one that is shorter than a header of Ethernet, which the kernel refuses. How it sends is as it was.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <linux/if_ether.h>
#include <stdio.h>

/* They have seen nothing since Linux 5.6. */
static void leave_out_tracepoints(struct bpf_object *object)
{
	static const char *const tracepoints[] = { "xdp_redirect_map", "xdp_redirect_map_err" };
	struct btf *kernel = btf__load_vmlinux_btf();

	for (size_t i = 0; kernel && i < sizeof(tracepoints) / sizeof(tracepoints[0]); i++) {
		char type[64], name[64];
		struct bpf_program *program;

		snprintf(type, sizeof(type), "btf_trace_%s", tracepoints[i]);
		snprintf(name, sizeof(name), "tp_%s", tracepoints[i]);
		program = bpf_object__find_program_by_name(object, name);
		if (program && btf__find_by_name_kind(kernel, type, BTF_KIND_TYPEDEF) < 0)
			bpf_program__set_autoload(program, false);
	}
	btf__free(kernel);
}

int bpf_object__load(struct bpf_object *object)
{
	int (*load)(struct bpf_object *) = dlsym(RTLD_NEXT, "bpf_object__load");

	leave_out_tracepoints(object);
	return load(object);
}

int bpf_object__load_skeleton(struct bpf_object_skeleton *skeleton)
{
	int (*load)(struct bpf_object_skeleton *) = dlsym(RTLD_NEXT, "bpf_object__load_skeleton");

	leave_out_tracepoints(*skeleton->obj);
	return load(skeleton);
}

int bpf_prog_test_run_opts(int program, struct bpf_test_run_opts *options)
{
	static const unsigned char frame[ETH_ZLEN];
	static struct xdp_md context = { .data_end = sizeof(frame) };
	int (*run)(int, struct bpf_test_run_opts *) = dlsym(RTLD_NEXT, "bpf_prog_test_run_opts");

	if (options->data_size_in < ETH_HLEN) {
		options->data_in = frame;
		options->data_size_in = sizeof(frame);
		options->ctx_in = &context;
	}
	return run(program, options);
}
