/**
 * Why the kernel drops a packet, in words: by the name of enum skb_drop_reason (include/net/dropreason-core.h), without
 * SKB_DROP_REASON_. One that is not here is told by its name.
 */
export const dropReasons: Readonly<Record<string, string>> = {
  OTHERHOST: 'destination MAC is not ours',
  IP_RPFILTER: 'reverse path filter: the way back to its source leads by another device, or nowhere',
  NO_SOCKET: 'port closed: no socket listens on its address and port',
  UDP_CSUM: 'checksum wrong: that of UDP',
  TCP_CSUM: 'checksum wrong: that of TCP',
  IP_CSUM: "checksum wrong: that of IP's header",
  SKB_CSUM: 'checksum wrong, found on the way',
  NETFILTER_DROP: 'a rule of netfilter drops it',
  NEIGH_FAILED: 'no neighbour: nobody answers for the next hop',
  NEIGH_CREATEFAIL: 'no neighbour: the table of neighbours takes no more',
  NEIGH_QUEUEFULL: 'no neighbour: too many packets wait for the next hop to answer',
  NEIGH_DEAD: 'no neighbour: its entry was just taken away',
  NEIGH_HH_FILLFAIL: 'no neighbour: its link-layer header could not be made',
  IP_INNOROUTES: 'no route to its destination',
  IP_OUTNOROUTES: 'no route to its destination',
  IP_INADDRERRORS: 'its destination is not ours, and nothing is forwarded here',
  IP_INVALID_SOURCE: 'no host can have its source address',
  IP_LOCAL_SOURCE: 'its source address is our own',
  IP_LOCALNET: 'a loopback address came over the network',
  IP_INVALID_DEST: 'no packet can be sent to its destination',
  IP_INHDR: "IP's header is not valid",
  IP_NOPROTO: 'nobody here takes its protocol',
  UNHANDLED_PROTO: 'nobody here takes its protocol',
  UNICAST_IN_L2_MULTICAST: 'a unicast address in a broadcast frame',
  IPV6DISABLED: 'IPv6 is disabled here',
  PKT_TOO_BIG: 'longer than the MTU of the device it leaves by',
  PKT_TOO_SMALL: 'shorter than its headers say',
  HDR_TRUNC: 'shorter than its headers say',
  SOCKET_RCVBUFF: "the socket's receive buffer is full",
  SOCKET_FILTER: "the socket's own filter drops it",
  BPF_CGROUP_EGRESS: 'a BPF program of its cgroup drops it',
  SECURITY_HOOK: 'a security module forbids it',
  XFRM_POLICY: 'a policy of IPsec forbids it',
  QDISC_DROP: 'the queue discipline drops it',
  QDISC_OVERLIMIT: 'the queue discipline is full',
  QDISC_CONGESTED: 'the queue discipline takes it for congestion',
  CPU_BACKLOG: "the CPU's backlog is full",
  FULL_RING: "the driver's ring is full",
  DEV_READY: 'the device is down',
  DEV_HDR: 'its link-layer header could not be made',
  NOMEM: 'out of memory',
  RECURSION_LIMIT: 'it went in circles: too many devices in one another',
  NO_TX_TARGET: 'the device knows no one to send it to',
  LOCAL_MAC: "its source MAC is the device's own",
  NOT_SPECIFIED: 'the kernel gives no reason',
}

const prefix = 'SKB_DROP_REASON_'

/** Without what all of them begin with. */
export const bareReason = (reason: string): string =>
  reason.startsWith(prefix) ? reason.slice(prefix.length) : reason
