// SPDX-License-Identifier: Apache-2.0
#include "zerocopy.h"

/* Before the kernel's header, which uses what it declares. */
#include <time.h>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "tcp-socket.h"

bool zerocopy_set(int socket)
{
	const int on = 1;

	return setsockopt(socket, SOL_SOCKET, SO_ZEROCOPY, &on, sizeof(on)) == 0;
}

/* A notice is of a range of calls, numbered as they were made. */
static void count_notice(const struct msghdr *message, struct zerocopy *zerocopy)
{
	const struct cmsghdr *control = CMSG_FIRSTHDR(message);
	struct sock_extended_err notice;
	uint32_t calls;

	if (!control || control->cmsg_len < CMSG_LEN(sizeof(notice)))
		return;
	memcpy(&notice, CMSG_DATA(control), sizeof(notice));
	if (notice.ee_errno != 0 || notice.ee_origin != SO_EE_ORIGIN_ZEROCOPY)
		return;
	calls = notice.ee_data - notice.ee_info + 1;
	zerocopy->completed += calls;
	if (notice.ee_code & SO_EE_CODE_ZEROCOPY_COPIED)
		zerocopy->copied += calls;
}

void zerocopy_reap(int socket, struct zerocopy *zerocopy)
{
	for (;;) {
		_Alignas(struct cmsghdr) char control[128];
		struct msghdr message = {
			.msg_control = control,
			.msg_controllen = sizeof(control),
		};

		if (recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
			return;
		count_notice(&message, zerocopy);
	}
}

void zerocopy_await(const int *sockets, uint32_t count, struct zerocopy *zerocopy,
		    uint64_t timeout_ns)
{
	const uint64_t end_ns = now_ns() + timeout_ns;

	for (;;) {
		struct tcp_waits waits = { 0 };

		for (uint32_t i = 0; i < count; i++) {
			zerocopy_reap(sockets[i], zerocopy);
			/* A notice ends the sleep whatever is waited for. */
			tcp_wait_for(&waits, sockets[i], 0);
		}
		if (zerocopy->completed >= zerocopy->sends || now_ns() >= end_ns)
			return;
		tcp_sleep(&waits, NS_PER_MS);
	}
}
