// SPDX-License-Identifier: Apache-2.0
#include "path-frames.h"

#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame-head.h"
#include "namespace.h"
#include "path.h"
#include "route.h"
#include "trial.h"

static bool open_here(struct path_frames *frames, const struct path_plan *plan,
		      struct failure *failure)
{
	frames->netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (frames->netlink < 0)
		return fail(failure, "could not open a netlink socket: %s", strerror(errno));
	return !plan->engines[ENGINE_PACKET] || packet_ring_open(&frames->ring, failure);
}

bool path_frames_open(struct path_frames *frames, const struct path_plan *plan,
		      struct failure *failure)
{
	int own_namespace;
	bool is_open;

	if (!plan->engines[ENGINE_PACKET] && !plan->engines[ENGINE_XDP])
		return true;
	*frames = (struct path_frames){
		.is_open = true,
		.netlink = -1,
		.namespace = -1,
		.ring.socket = -1,
		.flows = calloc(plan->flows_count, sizeof(*frames->flows)),
	};
	if (!frames->flows)
		return fail(failure, "no memory for the frames of %u flows", plan->flows_count);
	if (!open_namespace(plan->client_namespace, &frames->namespace, failure) ||
	    !enter_open_namespace(frames->namespace, plan->client_namespace, &own_namespace,
				  failure))
		return false;
	is_open = open_here(frames, plan, failure);
	leave_namespace(own_namespace);
	return is_open;
}

void path_frames_close(struct path_frames *frames)
{
	if (!frames->is_open)
		return;
	packet_ring_close(&frames->ring);
	if (frames->netlink >= 0)
		close(frames->netlink);
	if (frames->namespace >= 0)
		close(frames->namespace);
	free(frames->flows);
	frames->is_open = false;
}

static bool read_ends(int flow, struct address *source, struct address *target)
{
	socklen_t source_bytes = sizeof(source->storage), target_bytes = sizeof(target->storage);

	memset(source, 0, sizeof(*source));
	memset(target, 0, sizeof(*target));
	return getsockname(flow, (struct sockaddr *)&source->storage, &source_bytes) == 0 &&
	       getpeername(flow, (struct sockaddr *)&target->storage, &target_bytes) == 0;
}

/* As the flow's socket would have it. */
static uint8_t hop_limit_of(int flow, int family)
{
	bool is_ipv6 = family == AF_INET6;
	int hops = 0;
	socklen_t bytes = sizeof(hops);

	getsockopt(flow, is_ipv6 ? IPPROTO_IPV6 : IPPROTO_IP, is_ipv6 ? IPV6_UNICAST_HOPS : IP_TTL,
		   &hops, &bytes);
	return (uint8_t)hops;
}

static int resolve_flow(struct path *path, uint32_t flow)
{
	struct path_frames *frames = &path->frames;
	struct address source, target;
	struct route route;
	int error, family;

	if (!read_ends(path->flows[flow], &source, &target))
		return errno;
	family = target.storage.ss_family;
	error = route_find(frames->netlink, &source, &target, &route);
	if (error)
		return error;
	frames->flows[flow].ifindex = route.ifindex;
	frames->head_bytes = frame_head_begin(frames->flows[flow].head, &route, &source, &target,
					      hop_limit_of(path->flows[flow], family));
	if (flow == 0 || route.mtu < frames->mtu)
		frames->mtu = route.mtu;
	return 0;
}

void path_frames_resolve(struct path *path)
{
	path->frames.error = 0;
	for (uint32_t flow = 0; flow < path->flows_count && !path->frames.error; flow++)
		path->frames.error = resolve_flow(path, flow);
}

int frames_of_trial(const struct trial *trial, struct flow_frame *frames)
{
	const struct path *path = trial->path;
	const struct path_frames *resolved = &path->frames;
	struct packet_header header = { .trial_id = trial->id, .kind = PACKET_FLOOD };
	uint32_t sum;

	if (!resolved->is_open || resolved->error)
		return resolved->is_open ? resolved->error : EBADF;
	if (resolved->head_bytes - ETHERNET_BYTES + trial->payload_bytes > resolved->mtu)
		return EMSGSIZE;
	sum = payload_sum(&header, trial->payload_bytes);
	for (uint32_t flow = 0; flow < path->flows_count; flow++) {
		frames[flow] = resolved->flows[flow];
		frame_head_finish(&frames[flow], resolved->head_bytes, trial->payload_bytes);
		/* A word of the payload's header. */
		frames[flow].sum += sum + flow;
	}
	return 0;
}
