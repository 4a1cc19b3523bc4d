// SPDX-License-Identifier: Apache-2.0
#include "route.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "rtnetlink.h"

/* A next hop has so long to say its address: a device may be up a moment before its link carries frames. */
#define NEIGHBOUR_TIMEOUT_NS (200 * NS_PER_MS)
#define NEIGHBOUR_LOOK_NS    1000000

/* States in which a neighbour has an address (NUD_VALID of the kernel). */
#define NUD_HAS_ADDRESS \
	(NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY)

/* An IP address without its port. */
struct host {
	uint8_t family;
	uint8_t bytes;
	unsigned char address[16];
};

static struct host host_of(const struct address *address)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address->storage;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address->storage;
	struct host host = { .family = (uint8_t)address->storage.ss_family };

	host.bytes = host.family == AF_INET6 ? 16 : 4;
	memcpy(host.address,
	       host.family == AF_INET6 ? (const void *)&v6->sin6_addr : (const void *)&v4->sin_addr,
	       host.bytes);
	return host;
}

/* Both families have it at the same place, in network order. */
static uint16_t port_of(const struct address *address)
{
	return ((const struct sockaddr_in *)&address->storage)->sin_port;
}

/* The gateway of a route, which may be of the other family (RTA_VIA), or else the target itself. */
static struct host next_hop(struct host target)
{
	const struct rtattr *gateway = rtnetlink_attribute(sizeof(struct rtmsg), RTA_GATEWAY);
	const struct rtattr *via = rtnetlink_attribute(sizeof(struct rtmsg), RTA_VIA);

	if (gateway) {
		memcpy(target.address, RTA_DATA(gateway), target.bytes);
	} else if (via) {
		const struct rtvia *said = RTA_DATA(via);

		target.family = (uint8_t)said->rtvia_family;
		target.bytes = target.family == AF_INET6 ? 16 : 4;
		memcpy(target.address, said->rtvia_addr, target.bytes);
	}
	return target;
}

static int find_device(int netlink, const struct address *source, const struct address *target,
		       struct route *route, struct host *next)
{
	const struct host from = host_of(source), to = host_of(target);
	const uint16_t source_port = port_of(source), target_port = port_of(target);
	const uint8_t protocol = IPPROTO_UDP;
	const struct rtmsg body = {
		.rtm_family = to.family,
		.rtm_dst_len = (uint8_t)(8 * to.bytes),
		.rtm_src_len = (uint8_t)(8 * from.bytes),
	};
	struct rtnetlink_question question;
	const struct rtattr *device;
	int error;

	rtnetlink_begin(&question, RTM_GETROUTE, 0, &body, sizeof(body));
	rtnetlink_add(&question, RTA_DST, to.address, to.bytes);
	rtnetlink_add(&question, RTA_SRC, from.address, from.bytes);
	rtnetlink_add(&question, RTA_IP_PROTO, &protocol, sizeof(protocol));
	rtnetlink_add(&question, RTA_SPORT, &source_port, sizeof(source_port));
	rtnetlink_add(&question, RTA_DPORT, &target_port, sizeof(target_port));
	error = rtnetlink_ask(netlink, &question);
	if (error)
		return error;
	device = rtnetlink_attribute(sizeof(body), RTA_OIF);
	if (!device)
		return ENETUNREACH;
	memcpy(&route->ifindex, RTA_DATA(device), sizeof(route->ifindex));
	*next = next_hop(to);
	return 0;
}

/* Reads what the device is. `has_neighbours` is false where it is asked for no addresses (arp_constructor()). */
static int read_device(int netlink, struct route *route, bool *has_neighbours)
{
	const struct ifinfomsg body = { .ifi_index = (int)route->ifindex };
	struct rtnetlink_question question;
	const struct rtattr *mac, *mtu;
	const struct ifinfomsg *said;
	int error;

	rtnetlink_begin(&question, RTM_GETLINK, 0, &body, sizeof(body));
	error = rtnetlink_ask(netlink, &question);
	if (error)
		return error;
	said = rtnetlink_body();
	mac = rtnetlink_attribute(sizeof(body), IFLA_ADDRESS);
	mtu = rtnetlink_attribute(sizeof(body), IFLA_MTU);
	if (said->ifi_type != ARPHRD_ETHER || !mac || !mtu)
		return ENODEV;
	*has_neighbours = !(said->ifi_flags & IFF_NOARP);
	memcpy(route->source_mac, RTA_DATA(mac), sizeof(route->source_mac));
	memcpy(&route->mtu, RTA_DATA(mtu), sizeof(route->mtu));
	return 0;
}

static int look_up_neighbour(int netlink, struct route *route, const struct host *next)
{
	const struct ndmsg body = { .ndm_family = next->family,
				    .ndm_ifindex = (int)route->ifindex };
	struct rtnetlink_question question;
	const struct rtattr *mac;
	int error;

	rtnetlink_begin(&question, RTM_GETNEIGH, 0, &body, sizeof(body));
	rtnetlink_add(&question, NDA_DST, next->address, next->bytes);
	error = rtnetlink_ask(netlink, &question);
	if (error)
		return error;
	mac = rtnetlink_attribute(sizeof(body), NDA_LLADDR);
	if (!mac || !(((const struct ndmsg *)rtnetlink_body())->ndm_state & NUD_HAS_ADDRESS))
		return ENOENT;
	memcpy(route->next_mac, RTA_DATA(mac), sizeof(route->next_mac));
	return 0;
}

/* Has the kernel ask for the address, as a packet to there would. */
static int call_neighbour(int netlink, const struct route *route, const struct host *next)
{
	const struct ndmsg body = {
		.ndm_family = next->family,
		.ndm_ifindex = (int)route->ifindex,
		.ndm_flags = NTF_USE,
	};
	struct rtnetlink_question question;

	rtnetlink_begin(&question, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_ACK, &body, sizeof(body));
	rtnetlink_add(&question, NDA_DST, next->address, next->bytes);
	return rtnetlink_ask(netlink, &question);
}

static int find_neighbour(int netlink, struct route *route, const struct host *next)
{
	const struct timespec pause = { .tv_nsec = NEIGHBOUR_LOOK_NS };
	const uint64_t end_ns = now_ns() + NEIGHBOUR_TIMEOUT_NS;
	int error = look_up_neighbour(netlink, route, next);

	if (error == ENOENT)
		error = call_neighbour(netlink, route, next);
	else
		return error;
	while (!error && look_up_neighbour(netlink, route, next) != 0) {
		if (now_ns() > end_ns)
			return EHOSTUNREACH;
		nanosleep(&pause, NULL);
	}
	return error;
}

int route_find(int netlink, const struct address *source, const struct address *target,
	       struct route *route)
{
	bool has_neighbours;
	struct host next;
	int error = find_device(netlink, source, target, route, &next);

	if (!error)
		error = read_device(netlink, route, &has_neighbours);
	if (error)
		return error;
	if (has_neighbours)
		return find_neighbour(netlink, route, &next);
	memcpy(route->next_mac, route->source_mac, sizeof(route->next_mac));
	return 0;
}
