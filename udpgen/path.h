/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UDPGEN_PATH_H
#define UDPGEN_PATH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "failure.h"
#include "protocol.h"

/* Where a path's two ends are, as the command says. The strings are the command's. */
struct path_plan {
	const char *name;
	/* File of the namespace, NULL for udpgen's own. */
	const char *client_namespace;
	const char *server_namespace;
	const char *server_address;
	uint16_t server_port;
};

struct path {
	char name[64];
	/* Non-blocking sockets; the client's is connected to the server's. */
	int client_socket;
	int server_socket;
};

/*
 * Opens both sockets, each in its namespace; the calling thread is back in its own after. On
 * failure nothing is left open.
 */
bool path_open(struct path *path, const struct path_plan *plan, struct failure *failure);

void path_close(struct path *path);

/* Throws away what waits in a socket: stragglers of earlier trials. */
void discard_waiting(int socket);

/* Sleeps until a packet is there or the timeout is over. */
void sleep_until_packet(int socket, uint64_t timeout_ns);

#endif
