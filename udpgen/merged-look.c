// SPDX-License-Identifier: Apache-2.0
/* Datagrams that the kernel hands over merged: several packets of one size, the last of them maybe shorter. */
#include <netinet/udp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "clock.h"
#include "stream-receive.h"

/* Of one receive call, each as long as a datagram can be. */
#define MERGED_MAX	 8
#define MERGED_BYTES_MAX 65536

static struct mmsghdr messages[MERGED_MAX];
static struct iovec vectors[MERGED_MAX];
static _Alignas(struct cmsghdr) char controls[MERGED_MAX][CMSG_SPACE(sizeof(int))];
static unsigned char datagrams[MERGED_MAX][MERGED_BYTES_MAX];

void merge_arrivals(const struct path *path, bool merged)
{
	const int value = merged;

	/* Where the kernel does not know it, datagrams come cut. */
	for (uint32_t server = 0; server < path->servers_count; server++)
		setsockopt(path->servers[server], SOL_UDP, UDP_GRO, &value, sizeof(value));
}

static void arrange(void)
{
	for (int i = 0; i < MERGED_MAX; i++) {
		vectors[i] =
			(struct iovec){ .iov_base = datagrams[i], .iov_len = MERGED_BYTES_MAX };
		messages[i].msg_hdr = (struct msghdr){
			.msg_iov = &vectors[i],
			.msg_iovlen = 1,
			.msg_control = controls[i],
			.msg_controllen = sizeof(controls[i]),
		};
	}
}

/* How long each packet of a datagram is; all of it where it is a single one. */
static size_t packet_bytes(struct msghdr *message, size_t datagram_bytes)
{
	const struct cmsghdr *control = CMSG_FIRSTHDR(message);
	int bytes = 0;

	if (control && control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO)
		memcpy(&bytes, CMSG_DATA(control), sizeof(bytes));
	return bytes > 0 ? (size_t)bytes : datagram_bytes;
}

static void count_datagram(const struct run *run, uint32_t server, int number,
			   uint64_t delivered_ns)
{
	const size_t datagram_bytes = messages[number].msg_len;
	const size_t stride = packet_bytes(&messages[number].msg_hdr, datagram_bytes);
	/* Aligned, as packets in the datagram are not. */
	static union packet packet;

	for (size_t at = 0; at < datagram_bytes; at += stride) {
		size_t bytes = datagram_bytes - at < stride ? datagram_bytes - at : stride;

		memcpy(&packet, datagrams[number] + at,
		       bytes < sizeof(packet) ? bytes : sizeof(packet));
		count_arrival(run, server, &packet, bytes, delivered_ns);
	}
}

uint64_t look_at_merged(const struct run *run)
{
	const struct path *path = run->trial->path;
	uint64_t delivered_ns = 0;

	for (uint32_t server = 0; server < path->servers_count; server++) {
		int arrivals;

		/* What a call says of control data is in the place of how much room there is for it. */
		arrange();
		arrivals = recvmmsg(path->servers[server], messages, MERGED_MAX, 0, NULL);
		if (arrivals <= 0)
			continue;
		delivered_ns = now_ns();
		for (int i = 0; i < arrivals; i++)
			count_datagram(run, server, i, delivered_ns);
	}
	return delivered_ns;
}
