// SPDX-License-Identifier: Apache-2.0
/*
 * netkit MODE WORD… peer WORD…: makes a netkit pair, first its primary device, then the peer. Words are those of
 * ip-link(8): name, netns (a name in /run/netns), address, mtu, txqueuelen, numtxqueues, numrxqueues, index.
 *
 * ip(8) knows this kind of link from iproute2 6.8 on: an older one can neither choose its mode nor name its peer
 * (rtnetlink(7); netkit_new_link() in drivers/net/netkit.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Of include/uapi/linux/if_link.h since Linux 6.7, which headers of older distributions do not have. */
enum {
	netkit_peer_info = 1,
	netkit_mode = 5
};

/* enum netkit_mode. */
static const char *const modes[] = { "l2", "l3" };

static struct {
	struct nlmsghdr header;
	struct ifinfomsg device;
	char attributes[1024];
} request = { .header = { .nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)),
			  .nlmsg_type = RTM_NEWLINK,
			  .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK } };

static _Noreturn void give_up(const char *what, const char *why)
{
	fprintf(stderr, "netkit: could not %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

static char *end(void)
{
	return (char *)&request + NLMSG_ALIGN(request.header.nlmsg_len);
}

static struct rtattr *append(unsigned short type, const void *data, size_t length)
{
	struct rtattr *attribute = (struct rtattr *)end();

	if (end() + RTA_SPACE(length) > (char *)(&request + 1))
		give_up("take words", "they are too long");
	attribute->rta_type = type;
	attribute->rta_len = (unsigned short)RTA_LENGTH(length);
	if (length)
		memcpy(RTA_DATA(attribute), data, length);
	request.header.nlmsg_len = (__u32)(end() + RTA_SPACE(length) - (char *)&request);
	return attribute;
}

/* What was appended since is within it. */
static void enclose(struct rtattr *outer)
{
	outer->rta_len = (unsigned short)(end() - (char *)outer);
}

static __u32 number(const char *text)
{
	char *rest;
	unsigned long value = strtoul(text, &rest, 10);

	if (!*text || *rest || value > 0x7fffffff)
		give_up("take a number", text);
	return (__u32)value;
}

static void append_number(unsigned short type, const char *text)
{
	__u32 value = number(text);

	append(type, &value, sizeof(value));
}

static void append_address(const char *text)
{
	unsigned char bytes[6];
	char rest;

	if (sscanf(text, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx%c", &bytes[0], &bytes[1], &bytes[2],
		   &bytes[3], &bytes[4], &bytes[5], &rest) != 6)
		give_up("take a MAC address", text);
	append(IFLA_ADDRESS, bytes, sizeof(bytes));
}

static void append_namespace(const char *name)
{
	char file[256];
	int namespace;

	snprintf(file, sizeof(file), "/run/netns/%s", name);
	namespace = open(file, O_RDONLY | O_CLOEXEC);
	if (namespace < 0)
		give_up(file, strerror(errno));
	/* Open until the kernel has answered. */
	append(IFLA_NET_NS_FD, &namespace, sizeof(namespace));
}

static void append_word(struct ifinfomsg *device, const char *word, const char *value)
{
	if (strcmp(word, "name") == 0)
		append(IFLA_IFNAME, value, strlen(value) + 1);
	else if (strcmp(word, "netns") == 0)
		append_namespace(value);
	else if (strcmp(word, "address") == 0)
		append_address(value);
	else if (strcmp(word, "mtu") == 0)
		append_number(IFLA_MTU, value);
	else if (strcmp(word, "txqueuelen") == 0)
		append_number(IFLA_TXQLEN, value);
	else if (strcmp(word, "numtxqueues") == 0)
		append_number(IFLA_NUM_TX_QUEUES, value);
	else if (strcmp(word, "numrxqueues") == 0)
		append_number(IFLA_NUM_RX_QUEUES, value);
	else if (strcmp(word, "index") == 0)
		device->ifi_index = (int)number(value);
	else
		give_up("take a word", word);
}

/* Appends words up to `peer` or the last. Returns those that are left. */
static char **append_device(struct ifinfomsg *device, char **words)
{
	while (words[0] && words[1] && strcmp(words[0], "peer") != 0) {
		append_word(device, words[0], words[1]);
		words += 2;
	}
	return words;
}

static __u32 mode_of(const char *word)
{
	for (__u32 mode = 0; mode < sizeof(modes) / sizeof(modes[0]); mode++)
		if (strcmp(word, modes[mode]) == 0)
			return mode;
	give_up("take a mode", word);
}

/* The kernel's own words for why it refuses, or those for the number. */
static const char *reason(const struct nlmsghdr *answer, const struct nlmsgerr *verdict)
{
	/* The request's head comes back, and with NETLINK_CAP_ACK no more of it. */
	int left = (int)(answer->nlmsg_len - NLMSG_LENGTH(sizeof(*verdict)));

	if (answer->nlmsg_flags & NLM_F_ACK_TLVS)
		for (struct rtattr *one = (struct rtattr *)(verdict + 1); RTA_OK(one, left);
		     one = RTA_NEXT(one, left))
			if (one->rta_type == NLMSGERR_ATTR_MSG)
				return RTA_DATA(one);
	return strerror(-verdict->error);
}

static void make(void)
{
	static char buffer[4096];
	const int on = 1;
	const struct nlmsghdr *answer = (struct nlmsghdr *)buffer;
	const struct nlmsgerr *verdict = NLMSG_DATA(answer);
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	ssize_t length;

	if (netlink < 0)
		give_up("open a netlink socket", strerror(errno));
	setsockopt(netlink, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(netlink, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	if (send(netlink, &request, request.header.nlmsg_len, 0) < 0)
		give_up("ask the kernel", strerror(errno));
	length = recv(netlink, buffer, sizeof(buffer) - 1, 0);
	if (length < (ssize_t)NLMSG_LENGTH(sizeof(*verdict)) || answer->nlmsg_type != NLMSG_ERROR)
		give_up("make the pair", "the kernel gave no answer");
	if (verdict->error)
		give_up("make the pair", reason(answer, verdict));
}

int main(int count, char **words)
{
	struct rtattr *info, *data, *peer;
	struct ifinfomsg head = { 0 };
	struct ifinfomsg *peer_head;
	__u32 mode;

	if (count < 2)
		give_up("begin", "usage: netkit MODE WORD… peer WORD…");
	mode = mode_of(words[1]);
	words = append_device(&request.device, words + 2);
	info = append(IFLA_LINKINFO, NULL, 0);
	append(IFLA_INFO_KIND, "netkit", sizeof("netkit") - 1);
	data = append(IFLA_INFO_DATA, NULL, 0);
	append(netkit_mode, &mode, sizeof(mode));
	peer = append(netkit_peer_info, &head, sizeof(head));
	peer_head = RTA_DATA(peer);
	if (*words)
		words = append_device(peer_head, words + 1);
	if (*words)
		give_up("take a word", *words);
	enclose(peer);
	enclose(data);
	enclose(info);
	make();
	return EXIT_SUCCESS;
}
