// SPDX-License-Identifier: Apache-2.0
#include "trace-stations.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <limits.h>
#include <linux/netfilter.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "namespace.h"

/* Of Linux 6.4 (include/uapi/linux/bpf.h), which headers of Debian 12 do not have. */
#define PROGRAM_TYPE_NETFILTER 32
#define ATTACH_TYPE_NETFILTER  45

/* What BPF_LINK_CREATE reads of union bpf_attr. */
struct netfilter_link {
	__u32 program;
	__u32 target;
	__u32 attach_type;
	__u32 flags;
	__u32 family;
	__u32 hook;
	__s32 priority;
	__u32 netfilter_flags;
};

static const __u32 families[] = { NFPROTO_IPV4, NFPROTO_IPV6 };

bool is_netfilter_hook(const struct bpf_program *program)
{
	return strcmp(bpf_program__name(program), "netfilter_hook") == 0;
}

void make_netfilter_hook(struct bpf_program *program)
{
	bpf_program__set_type(program, PROGRAM_TYPE_NETFILTER);
	bpf_program__set_expected_attach_type(program, ATTACH_TYPE_NETFILTER);
}

/* The generator's is the same as the loader's. */
static bool note_own_mounts(const struct stations *stations, struct failure *failure)
{
	int map = bpf_object__find_map_fd_by_name(stations->object, "own_mounts");
	__u32 zero = 0, inode;
	struct stat status;

	if (stat("/proc/self/ns/mnt", &status))
		return fail(failure, "could not look at /proc/self/ns/mnt: %s", strerror(errno));
	inode = (__u32)status.st_ino;
	if (map < 0 || !bpf_map_update_elem(map, &zero, &inode, BPF_ANY))
		return true;
	return fail(failure, "could not note the mount namespace: %s", strerror(errno));
}

bool stations_watch(struct stations *stations, json_t *files, struct failure *failure)
{
	int map = bpf_object__find_map_fd_by_name(stations->object, "namespaces");
	json_t *file;
	size_t i;

	stations->files = files;
	stations->inodes = json_array();
	json_array_foreach (files, i, file) {
		const char *name = json_string_value(file);
		__u32 inode, watched = 1;
		struct stat status;

		if (!name || stat(name, &status))
			return fail(failure, "could not look at namespace %s: %s",
				    name ? name : "?", strerror(errno));
		inode = (__u32)status.st_ino;
		if (bpf_map_update_elem(map, &inode, &watched, BPF_ANY))
			return fail(failure, "could not note namespace %s: %s", name,
				    strerror(errno));
		json_array_append_new(stations->inodes, json_integer(inode));
	}
	return note_own_mounts(stations, failure);
}

/* At every hook of the namespace that the caller is in, before all that others have there. */
static bool hook_all(struct stations *stations, int program, struct failure *failure)
{
	size_t family;
	__u32 hook;

	for (family = 0; family < sizeof(families) / sizeof(*families); family++)
		for (hook = 0; hook < NF_INET_NUMHOOKS; hook++) {
			struct netfilter_link order = {
				.program = (__u32)program,
				.attach_type = ATTACH_TYPE_NETFILTER,
				.family = families[family],
				.hook = hook,
				/* The first of all is the kernel's own. */
				.priority = INT_MIN + 1,
			};
			int link = (int)syscall(SYS_bpf, BPF_LINK_CREATE, &order, sizeof(order));

			if (link < 0)
				return fail(failure, "could not attach to hook %u of netfilter: %s",
					    hook, strerror(errno));
			stations->hooks[stations->hooks_count++] = link;
		}
	return true;
}

static bool attach_hooks(struct stations *stations, const struct bpf_program *program,
			 struct failure *failure)
{
	json_t *file;
	size_t i;

	stations->hooks = calloc(json_array_size(stations->files) * 2 * NF_INET_NUMHOOKS + 1,
				 sizeof(*stations->hooks));
	if (!stations->hooks)
		return fail(failure, "out of memory");
	json_array_foreach (stations->files, i, file) {
		bool is_hooked;
		int own;

		if (!enter_namespace(json_string_value(file), &own, failure))
			return false;
		is_hooked = hook_all(stations, bpf_program__fd(program), failure);
		leave_namespace(own);
		if (!is_hooked)
			return false;
	}
	return true;
}

static bool is_call(const struct bpf_program *program)
{
	const char *name = bpf_program__name(program);

	return strcmp(name, "sys_enter") == 0 || strcmp(name, "sys_exit") == 0;
}

static bool is_wanted(const struct bpf_program *program, enum probes probes)
{
	return bpf_program__fd(program) >= 0 &&
	       (probes == PROBES_ALL || is_call(program) == (probes == PROBES_CALLS));
}

/* Tells trace-segment.h whether calls are seen, so that it takes as long where they are not. */
static void note_calls(const struct stations *stations, enum probes probes)
{
	int map = bpf_object__find_map_fd_by_name(stations->object, "calls_unseen");
	__u32 zero = 0, unseen = probes == PROBES_REST;

	bpf_map_update_elem(map, &zero, &unseen, BPF_ANY);
}

bool stations_attach(struct stations *stations, enum probes probes, struct failure *failure)
{
	struct bpf_program *program;
	size_t count = 0;

	bpf_object__for_each_program (program, stations->object)
		count++;
	stations->links = calloc(count + 1, sizeof(struct bpf_link *));
	if (!stations->links)
		return fail(failure, "out of memory");
	note_calls(stations, probes);
	bpf_object__for_each_program (program, stations->object) {
		struct bpf_link *link;

		if (!is_wanted(program, probes))
			continue;
		if (is_netfilter_hook(program)) {
			if (!attach_hooks(stations, program, failure))
				return false;
			continue;
		}
		link = bpf_program__attach(program);
		if (libbpf_get_error(link))
			return fail(failure, "could not attach to %s: %s",
				    bpf_program__section_name(program), strerror(errno));
		stations->links[stations->links_count++] = link;
	}
	return true;
}

void stations_detach(struct stations *stations)
{
	while (stations->links_count > 0)
		bpf_link__destroy(stations->links[--stations->links_count]);
	free(stations->links);
	stations->links = NULL;
	while (stations->hooks_count > 0)
		close(stations->hooks[--stations->hooks_count]);
	free(stations->hooks);
	stations->hooks = NULL;
}

void stations_close(struct stations *stations)
{
	json_decref(stations->inodes);
	bpf_object__close(stations->object);
}

json_t *stations_describe(const struct stations *stations)
{
	json_t *there = json_array(), *missing = json_array();
	const struct bpf_program *program;

	for (program = bpf_object__next_program(stations->object, NULL); program;
	     program = bpf_object__next_program(stations->object, (struct bpf_program *)program))
		json_array_append_new(bpf_program__fd(program) < 0 ? missing : there,
				      json_string(bpf_program__name(program)));
	return json_pack("{s:o, s:o, s:O}", "stations", there, "missing", missing, "namespaces",
			 stations->inodes);
}
