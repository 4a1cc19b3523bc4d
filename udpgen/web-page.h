/* SPDX-License-Identifier: Apache-2.0 */
/* An answer of a web server as it left the server, head and body. */
#ifndef UDPGEN_WEB_PAGE_H
#define UDPGEN_WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "failure.h"
#include "protocol.h"

struct web_page {
	size_t bytes;
	/* Where the value of its Date field stands, 0 where it has none. */
	size_t date_at;
	char content[ANSWER_BYTES_MAX];
};

/*
 * Has the server say it over the UNIX socket that it listens on, too: no network is on the way, so that
 * this is what it sends, whatever nginx and version of nginx it is. The page of a server that has died has
 * no bytes, as which no answer begins: that is its path's fault, and of no other.
 */
bool web_page_read(struct web_page *page, const char *unix_socket, const char *request,
		   struct failure *failure);

/*
 * How many requests an nginx says that it has had, in the words of its stub_status module. That of a server that has
 * died is 0.
 */
bool web_page_count(uint64_t *requests, const char *unix_socket, const char *page,
		    struct failure *failure);

/* True if the page begins with these bytes, whatever stands in place of its date. */
bool web_page_begins_with(const struct web_page *page, const char *bytes, size_t count);

#endif
