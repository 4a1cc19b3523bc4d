// SPDX-License-Identifier: Apache-2.0
#include "web-page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "http-date.h"

/* What stands behind the first `needle` in a head, or NULL. */
static const char *behind(const struct web_page *page, size_t head_bytes, const char *needle)
{
	const char *found = memmem(page->content, head_bytes, needle, strlen(needle));

	return found ? found + strlen(needle) : NULL;
}

/* How long the answer that begins like this is in all; 0 while its head is not all there. */
static size_t length_of(const struct web_page *page)
{
	const char *body = behind(page, page->bytes, "\r\n\r\n"), *length;

	if (!body)
		return 0;
	length = behind(page, (size_t)(body - page->content), "\r\nContent-Length: ");
	/* Ends at the line's end: a number larger than what fits is none that is waited for. */
	return (size_t)(body - page->content) + (length ? strtoul(length, NULL, 10) : 0);
}

static void find_date(struct web_page *page)
{
	const char *body = behind(page, page->bytes, "\r\n\r\n");
	const char *date = behind(page, (size_t)(body - page->content), "\r\nDate: ");
	bool is_whole = date && date + HTTP_DATE_BYTES <= body;

	page->date_at = is_whole ? (size_t)(date - page->content) : 0;
}

static bool receive_all(struct web_page *page, int socket)
{
	size_t length = 0;

	page->bytes = 0;
	while (length == 0 || page->bytes < length) {
		ssize_t bytes = recv(socket, page->content + page->bytes,
				     sizeof(page->content) - page->bytes, 0);

		if (bytes <= 0)
			return false;
		page->bytes += (size_t)bytes;
		length = length_of(page);
	}
	return page->bytes == length;
}

static int connect_to(const char *unix_socket)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct timeval patience = { .tv_sec = FETCH_TIMEOUT_NS_MAX / NS_PER_S };
	int descriptor;

	if (strlen(unix_socket) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, unix_socket);
	descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (descriptor < 0)
		return -1;
	if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) == 0 &&
	    connect(descriptor, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return descriptor;
	close(descriptor);
	return -1;
}

bool web_page_read(struct web_page *page, const char *unix_socket, const char *request,
		   struct failure *failure)
{
	static const char success[] = "HTTP/1.1 200 ";
	size_t request_bytes = strlen(request);
	int descriptor = connect_to(unix_socket);
	bool is_read;

	page->bytes = 0;
	if (descriptor < 0 && errno == ECONNREFUSED)
		return true;
	if (descriptor < 0)
		return fail(failure, "could not connect to %s: %s", unix_socket, strerror(errno));
	is_read = send(descriptor, request, request_bytes, 0) == (ssize_t)request_bytes &&
		  receive_all(page, descriptor);
	close(descriptor);
	if (!is_read)
		return fail(failure, "could not get a page of up to %d bytes from %s",
			    ANSWER_BYTES_MAX, unix_socket);
	if (memcmp(page->content, success, strlen(success)) != 0)
		return fail(failure, "%s answered %.40s", unix_socket, page->content);
	find_date(page);
	return true;
}

/* "server accepts handled requests\n 16 16 31" is its second and third line. */
bool web_page_count(uint64_t *requests, const char *unix_socket, const char *page,
		    struct failure *failure)
{
	static struct web_page answer;
	char request[FETCH_REQUEST_BYTES_MAX];
	unsigned long long count;
	const char *counts;

	*requests = 0;
	snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: pathbench\r\n\r\n", page);
	if (!web_page_read(&answer, unix_socket, request, failure))
		return false;
	if (answer.bytes == 0)
		return true;
	/* An answer ends in words about something else. */
	answer.content[answer.bytes - 1] = 0;
	counts = behind(&answer, answer.bytes, " requests\n");
	if (!counts || sscanf(counts, "%*u %*u %llu", &count) != 1)
		return fail(failure, "%s does not say how many requests it has had", unix_socket);
	*requests = count;
	return true;
}

bool web_page_begins_with(const struct web_page *page, const char *bytes, size_t count)
{
	size_t date_end = page->date_at + HTTP_DATE_BYTES;
	size_t before = count;

	if (count > page->bytes)
		return false;
	if (page->date_at && count > page->date_at)
		before = page->date_at;
	if (memcmp(page->content, bytes, before) != 0)
		return false;
	return before == count || count <= date_end ||
	       memcmp(page->content + date_end, bytes + date_end, count - date_end) == 0;
}
