// SPDX-License-Identifier: Apache-2.0
#include "tables.h"

#include <stdbool.h>

#include "kernel-file.h"
#include "namespace.h"

/* Netfilter's statistics have some 150 bytes a CPU. */
#define TEXT_BYTES_MAX (256 * 1024)

static const struct {
	const char *what;
	const char *name;
} files[] = {
	/* The thread's: it is in the namespace, and the process is not. Of /proc/sys the kernel shows each its own. */
	{ "sockets", "/proc/thread-self/net/sockstat" },
	{ "timeWaitMax", "/proc/sys/net/ipv4/tcp_max_tw_buckets" },
	{ "tracked", "/proc/sys/net/netfilter/nf_conntrack_count" },
	{ "trackedMax", "/proc/sys/net/netfilter/nf_conntrack_max" },
	{ "tracking", "/proc/thread-self/net/stat/nf_conntrack" },
};

static bool add_text(json_t *tables, const char *what, const char *name, struct failure *failure)
{
	static char text[TEXT_BYTES_MAX];
	struct kernel_text so_far = { .text = text, .bytes_max = sizeof(text) };

	if (!kernel_file_append(&so_far, name, true, failure))
		return false;
	if (so_far.bytes > 0)
		json_object_set_new(tables, what, json_stringn(text, so_far.bytes));
	return true;
}

json_t *read_tables(const char *namespace, struct failure *failure)
{
	int own_namespace = -1;
	json_t *tables;
	bool is_read = true;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return NULL;
	tables = json_object();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && is_read; i++)
		is_read = add_text(tables, files[i].what, files[i].name, failure);
	leave_namespace(own_namespace);
	if (is_read)
		return tables;
	json_decref(tables);
	return NULL;
}
