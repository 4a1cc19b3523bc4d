/* SPDX-License-Identifier: Apache-2.0 */
/* One question to the kernel over rtnetlink(7), and its answer. */
#ifndef UDPGEN_RTNETLINK_H
#define UDPGEN_RTNETLINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <stdint.h>

/* More than what the kernel says of a device. */
#define RTNETLINK_BYTES_MAX (32 * 1024)

struct rtnetlink_question {
	struct nlmsghdr header;
	/* The family's own header, and attributes. */
	_Alignas(NLMSG_ALIGNTO) char rest[256];
};

/* Begins a question; what follows the header is `bytes` of `body`. */
void rtnetlink_begin(struct rtnetlink_question *question, uint16_t type, uint16_t flags,
		     const void *body, size_t bytes);

void rtnetlink_add(struct rtnetlink_question *question, uint16_t type, const void *value,
		   size_t bytes);

/* Asks, and waits for the answer or, where flags have NLM_F_ACK, for the acknowledgement. Returns 0 or an errno. */
int rtnetlink_ask(int netlink, struct rtnetlink_question *question);

/* Of the last answer: its body, and an attribute of this type behind a body of so many bytes, or NULL. */
const void *rtnetlink_body(void);
const struct rtattr *rtnetlink_attribute(size_t body_bytes, uint16_t type);

#endif
