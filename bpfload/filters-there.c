// SPDX-License-Identifier: Apache-2.0
/* libbpf asks for filters by number alone. */
#include "filters-there.h"

#include <errno.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int ask(int netlink, int interface, uint32_t parent)
{
	struct {
		struct nlmsghdr header;
		struct tcmsg message;
	} request = {
		.header = { .nlmsg_len = sizeof(request),
			    .nlmsg_type = RTM_GETTFILTER,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
		.message = { .tcm_family = AF_UNSPEC,
			     .tcm_ifindex = interface,
			     .tcm_parent = parent },
	};

	return send(netlink, &request, sizeof(request), 0) < 0 ? -errno : 0;
}

/* Counts the answers in one message; `ends` is set by the last. The length is signed: NLMSG_NEXT() may take it below 0. */
static int count(const char *answer, ssize_t length, bool *ends)
{
	const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
	int filters = 0;

	for (; NLMSG_OK(header, length); header = NLMSG_NEXT(header, length)) {
		if (header->nlmsg_type == NLMSG_ERROR) {
			*ends = true;
			return ((const struct nlmsgerr *)NLMSG_DATA(header))->error;
		}
		*ends |= header->nlmsg_type == NLMSG_DONE;
		filters += header->nlmsg_type == RTM_NEWTFILTER;
	}
	return filters;
}

static int list(int netlink, int interface, uint32_t parent)
{
	char answer[1 << 15] __attribute__((aligned(NLMSG_ALIGNTO)));
	int error = ask(netlink, interface, parent), filters = 0;
	bool ends = false;

	while (!error && !ends) {
		ssize_t length = recv(netlink, answer, sizeof(answer), 0);
		int found = length < 0 ? -errno : count(answer, length, &ends);

		/* Nothing more will come. */
		if (length == 0)
			found = -ECONNRESET;

		if (found < 0)
			error = found;
		else
			filters += found;
	}
	return error ? error : filters;
}

int filters_there(int interface)
{
	static const uint32_t parents[] = { TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS),
					    TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS) };
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), filters = 0;

	if (netlink < 0)
		return -errno;
	for (int i = 0; i < 2 && filters >= 0; i++) {
		int found = list(netlink, interface, parents[i]);

		filters = found < 0 ? found : filters + found;
	}
	close(netlink);
	return filters;
}
