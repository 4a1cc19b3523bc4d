// SPDX-License-Identifier: Apache-2.0
#include "drain.h"

#include <sys/socket.h>

#include "packet.h"

static void drain_one(int socket, uint32_t first_trial_id, struct faults *faults)
{
	union packet packet;
	ssize_t bytes;

	for (int looks = 0; looks < PACKETS_MAX; looks++) {
		/* The header tells all there is to know. */
		bytes = recv(socket, &packet, sizeof(packet.header), MSG_TRUNC);
		if (bytes < 0)
			return;
		if (is_sealed(&packet, (size_t)bytes))
			faults_count_stray(faults, packet.header.trial_id, first_trial_id);
		else
			faults->corrupted++;
	}
}

void drain(const int *sockets, size_t count, uint32_t first_trial_id, struct faults *faults)
{
	for (size_t i = 0; i < count; i++)
		drain_one(sockets[i], first_trial_id, faults);
}

/* What is taken once a trial is over waits in the queue as it would at a socket. */
void drain_sinks(struct path *path, struct faults *faults)
{
	const union packet *packet;
	size_t bytes;

	for (uint32_t i = 0; i < path->servers_count; i++) {
		while ((packet = sink_next(&path->sinks[i], &bytes))) {
			if (is_sealed(packet, bytes))
				faults_count_stray(faults, packet->header.trial_id,
						   path->first_trial_id);
			else
				faults->corrupted++;
		}
	}
}

void drain_path(struct path *path, struct faults *faults)
{
	drain(path->flows, path->flows_count, path->first_trial_id, faults);
	drain(path->servers, path->servers_count, path->first_trial_id, faults);
	drain_sinks(path, faults);
}
