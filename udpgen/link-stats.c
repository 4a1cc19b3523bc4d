// SPDX-License-Identifier: Apache-2.0
#include "link-stats.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the kernel gives at most at a time (rtnl_dumpit() in net/core/rtnetlink.c). */
#define ANSWER_BYTES_MAX (64 * 1024)

/*
 * By their places in struct rtnl_link_stats64: an older kernel's is shorter, and the headers that this
 * is built with may be older than the kernel.
 */
static const struct {
	const char *name;
	size_t place;
} counters[] = {
	{ "rxNoHandler", 23 },
	{ "rxOtherhostDropped", 24 },
};

_Static_assert(offsetof(struct rtnl_link_stats64, rx_nohandler) == 23 * sizeof(uint64_t),
	       "places are counted in counters");

static bool ask(int descriptor, struct failure *failure)
{
	const struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
	} request = {
		.header = { .nlmsg_len = sizeof(request),
			    .nlmsg_type = RTM_GETLINK,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
	};

	if (send(descriptor, &request, sizeof(request), 0) != sizeof(request))
		return fail(failure, "could not ask for the devices: %s", strerror(errno));
	return true;
}

static json_t *encode_stats(const struct rtattr *stats)
{
	json_t *values = json_object();

	for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
		size_t offset = counters[i].place * sizeof(uint64_t);
		uint64_t value;

		if (offset + sizeof(value) > RTA_PAYLOAD(stats))
			continue;
		/* The attribute is aligned to 4 bytes. */
		memcpy(&value, (const char *)RTA_DATA(stats) + offset, sizeof(value));
		json_object_set_new(values, counters[i].name, json_integer((json_int_t)value));
	}
	return values;
}

static bool add_link(json_t *devices, const struct nlmsghdr *message, struct failure *failure)
{
	const struct rtattr *attribute = IFLA_RTA(NLMSG_DATA(message)), *stats = NULL;
	ssize_t left = IFLA_PAYLOAD(message);
	const char *name = NULL;

	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
		if (attribute->rta_type == IFLA_IFNAME)
			name = RTA_DATA(attribute);
		else if (attribute->rta_type == IFLA_STATS64)
			stats = attribute;
	}
	if (name && stats && json_object_set_new(devices, name, encode_stats(stats)) != 0)
		return fail(failure, "a device has a name that is not UTF-8");
	return true;
}

/* Adds the devices of one answer. The length is signed: NLMSG_NEXT() may take it below 0. */
static bool add_links(json_t *devices, const char *answer, ssize_t bytes, bool *is_done,
		      struct failure *failure)
{
	const struct nlmsghdr *message = (const struct nlmsghdr *)answer;

	for (; NLMSG_OK(message, bytes); message = NLMSG_NEXT(message, bytes)) {
		if (message->nlmsg_type == NLMSG_DONE) {
			*is_done = true;
			return true;
		}
		if (message->nlmsg_type == NLMSG_ERROR)
			return fail(failure, "the kernel does not list the devices");
		if (message->nlmsg_type == RTM_NEWLINK && !add_link(devices, message, failure))
			return false;
	}
	return true;
}

static bool read_answers(int descriptor, json_t *devices, struct failure *failure)
{
	static _Alignas(struct nlmsghdr) char answer[ANSWER_BYTES_MAX];
	bool is_done = false;

	while (!is_done) {
		ssize_t bytes = recv(descriptor, answer, sizeof(answer), 0);

		if (bytes <= 0)
			return fail(failure, "could not read the devices: %s",
				    bytes < 0 ? strerror(errno) : "the kernel ended the list");
		if (!add_links(devices, answer, bytes, &is_done, failure))
			return false;
	}
	return true;
}

json_t *read_link_stats(struct failure *failure)
{
	int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	json_t *devices = json_object();
	bool is_read;

	if (descriptor < 0) {
		fail(failure, "could not open a netlink socket: %s", strerror(errno));
		json_decref(devices);
		return NULL;
	}
	is_read = ask(descriptor, failure) && read_answers(descriptor, devices, failure);
	close(descriptor);
	if (!is_read) {
		json_decref(devices);
		return NULL;
	}
	return devices;
}
