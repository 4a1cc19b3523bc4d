// SPDX-License-Identifier: Apache-2.0
/*
 * blackholes: adds a route that throws away to each IPv4 prefix on its standard input, one per line, as in 192.0.2.0/24, to
 * the main table of the caller's network namespace.
 *
 * ip -batch asks and awaits the kernel's answer route by route: three system calls each, 3.8 s of CPU time for 100,000.
 * Here a call takes hundreds, and only the last of them is answered; the kernel always tells of an error (rtnetlink(7),
 * netlink(7)).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Below what a socket's send buffer takes by default (net.core.wmem_default is 208 KiB). */
#define REQUESTS_PER_CALL 512

struct request {
	struct nlmsghdr header;
	struct rtmsg route;
	struct rtattr attribute;
	struct in_addr destination;
};

static struct request requests[REQUESTS_PER_CALL];

static int give_up(const char *what, int error)
{
	fprintf(stderr, "blackholes: could not %s: %s\n", what, strerror(error));
	return EXIT_FAILURE;
}

static bool parse_prefix(struct request *request, char *line)
{
	char *slash = strchr(line, '/'), *end;
	unsigned long length;

	if (!slash)
		return false;
	*slash = '\0';
	length = strtoul(slash + 1, &end, 10);
	if (end == slash + 1 || *end != '\n' || length > 32)
		return false;
	request->route.rtm_dst_len = (unsigned char)length;
	return inet_pton(AF_INET, line, &request->destination) == 1;
}

static void prepare(struct request *request, __u32 sequence)
{
	*request = (struct request){
		.header = { .nlmsg_len = sizeof(*request),
			    .nlmsg_type = RTM_NEWROUTE,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL,
			    .nlmsg_seq = sequence },
		.route = { .rtm_family = AF_INET,
			   .rtm_table = RT_TABLE_MAIN,
			   .rtm_protocol = RTPROT_BOOT,
			   .rtm_scope = RT_SCOPE_UNIVERSE,
			   .rtm_type = RTN_BLACKHOLE },
		.attribute = { .rta_len = RTA_LENGTH(sizeof(struct in_addr)), .rta_type = RTA_DST },
	};
}

/* Reads answers up to that to the last request. Returns errno of the first that failed, and which it is, or 0. */
static int await_answer(int netlink, __u32 last, __u32 *failed)
{
	static char buffer[1 << 16];

	for (;;) {
		ssize_t length = recv(netlink, buffer, sizeof(buffer), 0);
		int left = (int)length;

		if (length < 0)
			return errno;
		for (struct nlmsghdr *answer = (struct nlmsghdr *)buffer;
		     NLMSG_OK(answer, (unsigned int)left); answer = NLMSG_NEXT(answer, left)) {
			const struct nlmsgerr *end = NLMSG_DATA(answer);

			if (answer->nlmsg_type != NLMSG_ERROR)
				continue;
			*failed = answer->nlmsg_seq;
			if (end->error != 0)
				return -end->error;
			if (answer->nlmsg_seq == last)
				return 0;
		}
	}
}

/* Sends the requests with these numbers. */
static int add_routes(int netlink, __u32 first, __u32 count)
{
	__u32 failed = first;
	int error = 0;
	char what[64];

	if (count == 0)
		return EXIT_SUCCESS;
	requests[count - 1].header.nlmsg_flags |= NLM_F_ACK;
	if (send(netlink, requests, count * sizeof(requests[0]), 0) < 0)
		error = errno;
	else
		error = await_answer(netlink, first + count - 1, &failed);
	if (error == 0)
		return EXIT_SUCCESS;
	snprintf(what, sizeof(what), "add the route of line %u", failed);
	return give_up(what, error);
}

int main(void)
{
	char line[64];
	__u32 number = 0, first = 1, count = 0;
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	_Static_assert(sizeof(struct request) % NLMSG_ALIGNTO == 0, "requests follow each other");
	if (netlink < 0)
		return give_up("open a netlink socket", errno);
	while (fgets(line, sizeof(line), stdin)) {
		number++;
		prepare(&requests[count], number);
		if (!parse_prefix(&requests[count], line)) {
			fprintf(stderr, "blackholes: line %u is no IPv4 prefix\n", number);
			return EXIT_FAILURE;
		}
		if (++count < REQUESTS_PER_CALL)
			continue;
		if (add_routes(netlink, first, count) != EXIT_SUCCESS)
			return EXIT_FAILURE;
		first = number + 1;
		count = 0;
	}
	return add_routes(netlink, first, count);
}
