/* SPDX-License-Identifier: Apache-2.0 */
/* Gets web pages over a path, and compares every byte of the answers with what their server sends. */
#ifndef UDPGEN_FETCH_H
#define UDPGEN_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"
#include "protocol.h"

struct fetch_target {
	const char *address;
	uint16_t port;
	/* The server that is called by its own address, from 1; 0 for a service's, which is any of them. */
	uint32_t server;
};

/* Strings are the command's. */
struct fetch_plan {
	/* File of the client's namespace, NULL for udpgen's own. */
	const char *namespace;
	/* The page's path, as in "/page". */
	const char *page;
	/* Over how many connections how many pages are got, and for how long in all. */
	uint32_t connections;
	uint32_t requests;
	uint64_t timeout_ns;
	uint32_t targets_count;
	uint32_t servers_count;
	/* Connections go to them in turn. */
	struct fetch_target targets[TARGETS_MAX];
	/* UNIX sockets that the servers listen on, too. */
	const char *servers[SERVERS_MAX];
};

struct fetch_counts {
	/* Requests that something came back to, up to its end or to where it was another than sent. */
	uint32_t answered;
	/* Of these: answers that no server of the path sends. */
	uint32_t corrupted;
	/* Of these: answers of another server than the one that was called. */
	uint32_t misdirected;
};

/* False where it could not begin. A path that does not answer is no failure. */
bool fetch_pages(struct fetch_counts *counts, const struct fetch_plan *plan,
		 struct failure *failure);

#endif
