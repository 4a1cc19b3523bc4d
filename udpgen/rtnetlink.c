// SPDX-License-Identifier: Apache-2.0
#include "rtnetlink.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

static _Alignas(struct nlmsghdr) char answer[RTNETLINK_BYTES_MAX];

void rtnetlink_begin(struct rtnetlink_question *question, uint16_t type, uint16_t flags,
		     const void *body, size_t bytes)
{
	memset(question, 0, sizeof(*question));
	question->header.nlmsg_type = type;
	question->header.nlmsg_flags = NLM_F_REQUEST | flags;
	question->header.nlmsg_len = (uint32_t)NLMSG_LENGTH(bytes);
	memcpy(NLMSG_DATA(&question->header), body, bytes);
}

void rtnetlink_add(struct rtnetlink_question *question, uint16_t type, const void *value,
		   size_t bytes)
{
	uint32_t at = NLMSG_ALIGN(question->header.nlmsg_len);
	struct rtattr *attribute = (struct rtattr *)((char *)question + at);

	attribute->rta_type = type;
	attribute->rta_len = (uint16_t)RTA_LENGTH(bytes);
	memcpy(RTA_DATA(attribute), value, bytes);
	question->header.nlmsg_len = at + attribute->rta_len;
}

static const struct nlmsghdr *said(void)
{
	return (const struct nlmsghdr *)answer;
}

int rtnetlink_ask(int netlink, struct rtnetlink_question *question)
{
	static uint32_t sequence;
	ssize_t bytes;

	question->header.nlmsg_seq = ++sequence;
	if (send(netlink, question, question->header.nlmsg_len, 0) < 0)
		return errno;
	do {
		bytes = recv(netlink, answer, sizeof(answer), 0);
		if (bytes < 0 && errno != EINTR)
			return errno;
		/* Of a question that was given up. */
	} while (bytes < (ssize_t)sizeof(struct nlmsghdr) || said()->nlmsg_seq != sequence);
	if (said()->nlmsg_type == NLMSG_ERROR)
		return -((const struct nlmsgerr *)NLMSG_DATA(said()))->error;
	return 0;
}

const void *rtnetlink_body(void)
{
	return NLMSG_DATA(said());
}

const struct rtattr *rtnetlink_attribute(size_t body_bytes, uint16_t type)
{
	const struct rtattr *attribute =
		(const struct rtattr *)((const char *)rtnetlink_body() + NLMSG_ALIGN(body_bytes));
	ssize_t left = (ssize_t)NLMSG_PAYLOAD(said(), 0) - (ssize_t)NLMSG_ALIGN(body_bytes);

	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
		if ((attribute->rta_type & NLA_TYPE_MASK) == type)
			return attribute;
	return NULL;
}
