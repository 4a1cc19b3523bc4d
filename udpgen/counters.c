// SPDX-License-Identifier: Apache-2.0
#include "counters.h"

#include <stdbool.h>

#include "ethtool-stats.h"
#include "kernel-file.h"
#include "link-stats.h"
#include "namespace.h"

/* Some 130 bytes a device; a namespace of a scenario has few. */
#define TEXT_BYTES_MAX (256 * 1024)

static const struct {
	const char *name;
	/* A kernel built without IPv6 has none. */
	bool may_be_missing;
} files[] = {
	/* The thread's: it is in the namespace, and the process is not. */
	{ "/proc/thread-self/net/snmp", false },
	{ "/proc/thread-self/net/netstat", false },
	{ "/proc/thread-self/net/snmp6", true },
	{ "/proc/thread-self/net/dev", false },
};

static json_t *read_text(const char *namespace, struct failure *failure)
{
	static char text[TEXT_BYTES_MAX];
	struct kernel_text so_far = { .text = text, .bytes_max = sizeof(text) };
	json_t *value;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (!kernel_file_append(&so_far, files[i].name, files[i].may_be_missing, failure))
			return NULL;
	value = json_stringn(text, so_far.bytes);
	if (!value)
		fail(failure, "a device of %s has a name that is not UTF-8", namespace);
	return value;
}

static json_t *read_devices(bool with_ethtool, struct failure *failure)
{
	json_t *devices = read_link_stats(failure);

	if (devices && with_ethtool && !add_ethtool_stats(devices, failure)) {
		json_decref(devices);
		return NULL;
	}
	return devices;
}

json_t *read_counters(const char *namespace, bool with_ethtool, struct failure *failure)
{
	int own_namespace = -1;
	json_t *text, *devices = NULL;

	if (!enter_namespace(namespace, &own_namespace, failure))
		return NULL;
	text = read_text(namespace, failure);
	if (text)
		devices = read_devices(with_ethtool, failure);
	leave_namespace(own_namespace);
	if (!devices) {
		json_decref(text);
		return NULL;
	}
	return json_pack("{s:o, s:o}", "text", text, "devices", devices);
}
