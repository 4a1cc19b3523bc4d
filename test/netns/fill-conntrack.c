// SPDX-License-Identifier: Apache-2.0
/*
 * Fills netfilter's table of connections in the namespace that it runs in: `fill-conntrack COUNT`. They are of UDP,
 * have had answers and last an hour: the kernel throws none of them out for a new one (early_drop() in
 * net/netfilter/nf_conntrack_core.c).
 */
#include <arpa/inet.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Connections of a call to the kernel. */
#define BATCH		  256
#define MESSAGE_BYTES_MAX 256

static unsigned char batch[BATCH * MESSAGE_BYTES_MAX];
static size_t batch_bytes;

/* Begins an attribute, and gives where its length is to be written. */
static size_t begin(uint16_t type)
{
	struct nlattr attribute = { .nla_type = type };
	size_t at = batch_bytes;

	memcpy(batch + at, &attribute, sizeof(attribute));
	batch_bytes += NLA_HDRLEN;
	return at;
}

static void end(size_t at)
{
	uint16_t bytes = (uint16_t)(batch_bytes - at);

	memcpy(batch + at, &bytes, sizeof(bytes));
	batch_bytes = NLA_ALIGN(batch_bytes);
}

static void add(uint16_t type, const void *value, size_t bytes)
{
	size_t at = begin(type);

	memset(batch + batch_bytes, 0, NLA_ALIGN(bytes));
	memcpy(batch + batch_bytes, value, bytes);
	batch_bytes += bytes;
	end(at);
}

static void add_tuple(uint16_t type, const uint32_t addresses[2], const uint16_t ports[2])
{
	const uint8_t protocol = IPPROTO_UDP;
	size_t tuple = begin(type | NLA_F_NESTED), part = begin(CTA_TUPLE_IP | NLA_F_NESTED);

	add(CTA_IP_V4_SRC, &addresses[0], sizeof(addresses[0]));
	add(CTA_IP_V4_DST, &addresses[1], sizeof(addresses[1]));
	end(part);
	part = begin(CTA_TUPLE_PROTO | NLA_F_NESTED);
	add(CTA_PROTO_NUM, &protocol, sizeof(protocol));
	add(CTA_PROTO_SRC_PORT, &ports[0], sizeof(ports[0]));
	add(CTA_PROTO_DST_PORT, &ports[1], sizeof(ports[1]));
	end(part);
	end(tuple);
}

static void add_connection(uint32_t index)
{
	const uint32_t there[2] = { htonl(0xC6120001), htonl(0xC6130001) };
	const uint32_t back[2] = { there[1], there[0] };
	const uint16_t ports[2] = { htons(1 + (index & 0x7fff)),
				    htons((uint16_t)(1 + (index >> 15))) };
	const uint16_t answer_ports[2] = { ports[1], ports[0] };
	const uint32_t status = htonl(IPS_SEEN_REPLY | IPS_ASSURED | IPS_CONFIRMED);
	const uint32_t timeout_s = htonl(3600);
	const struct nfgenmsg family = { .nfgen_family = AF_INET, .version = NFNETLINK_V0 };
	struct nlmsghdr header = {
		.nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW,
		.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL,
	};
	size_t at = batch_bytes;

	memcpy(batch + at + NLMSG_HDRLEN, &family, sizeof(family));
	batch_bytes += NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(family));
	add_tuple(CTA_TUPLE_ORIG, there, ports);
	add_tuple(CTA_TUPLE_REPLY, back, answer_ports);
	add(CTA_STATUS, &status, sizeof(status));
	add(CTA_TIMEOUT, &timeout_s, sizeof(timeout_s));
	header.nlmsg_len = (uint32_t)(batch_bytes - at);
	memcpy(batch + at, &header, sizeof(header));
}

int main(int argc, char **argv)
{
	uint32_t count = argc == 2 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;
	int kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);

	if (kernel < 0 || count == 0) {
		fprintf(stderr, "usage: fill-conntrack COUNT, where there is netfilter\n");
		return 2;
	}
	for (uint32_t i = 0; i < count; i++) {
		add_connection(i);
		if ((i + 1) % BATCH != 0 && i + 1 < count)
			continue;
		if (send(kernel, batch, batch_bytes, 0) < 0) {
			perror("send");
			return 1;
		}
		batch_bytes = 0;
	}
	return 0;
}
