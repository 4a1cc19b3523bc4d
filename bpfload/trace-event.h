/* SPDX-License-Identifier: Apache-2.0 */
/* What bpf/trace.bpf.c and bpf/trace-program.bpf.c tell bpfload/trace.c of a packet at a station: the one place for all. */
#ifndef TRACE_EVENT_H
#define TRACE_EVENT_H

#include <linux/types.h>

/*
 * Stations, and the names by which src/trace/stations.ts knows them: those of the kernel's tracepoints, and of
 * netfilter's hooks.
 */
#define TRACE_STATIONS(X)                             \
	X(NF_PREROUTING, "nf_prerouting")             \
	X(NF_LOCAL_IN, "nf_local_in")                 \
	X(NF_FORWARD, "nf_forward")                   \
	X(NF_LOCAL_OUT, "nf_local_out")               \
	X(NF_POSTROUTING, "nf_postrouting")           \
	X(NET_DEV_QUEUE, "net_dev_queue")             \
	X(NET_DEV_START_XMIT, "net_dev_start_xmit")   \
	X(NET_DEV_XMIT, "net_dev_xmit")               \
	X(NETIF_RX, "netif_rx")                       \
	X(NAPI_GRO_RECEIVE, "napi_gro_receive_entry") \
	X(NETIF_RECEIVE_SKB, "netif_receive_skb")     \
	X(FIB_TABLE_LOOKUP, "fib_table_lookup")       \
	X(NEIGH_EVENT_SEND, "neigh_event_send_done")  \
	X(SK_DATA_READY, "sk_data_ready")             \
	X(SCHED_WAKING, "sched_waking")               \
	X(SKB_COPY, "skb_copy_datagram_iovec")        \
	X(KFREE_SKB, "kfree_skb")                     \
	X(SENDTO, "sys_enter_sendto")                 \
	X(RECVFROM, "sys_enter_recvfrom")             \
	X(RECEIVED, "sys_exit_recvfrom")              \
	X(PROGRAM_BEGINS, "program_begins")           \
	X(PROGRAM_ENDS, "program_ends")               \
	X(XDP_REDIRECT, "xdp_redirect")               \
	X(XDP_REDIRECT_ERR, "xdp_redirect_err")       \
	X(XDP_EXCEPTION, "xdp_exception")

enum trace_station {
#define TRACE_STATION_NUMBER(number, name) TRACE_##number,
	TRACE_STATIONS(TRACE_STATION_NUMBER)
#undef TRACE_STATION_NUMBER
	TRACE_STATIONS_COUNT
};

struct trace_event {
	/* CLOCK_MONOTONIC: when the probe began, and when it had done all but hand over this. */
	__u64 ns;
	__u64 end_ns;
	/* Of the packet's header, see udpgen/protocol.h. */
	__u64 send_ns;
	__u64 server_ns;
	/* kfree_skb: the code that dropped it. A program: its place among those of the order. xdp_…: the program's number. */
	__u64 location;
	__u32 trial_id;
	__u32 sequence;
	__u16 kind;
	__u16 flow;
	/* enum trace_station */
	__u16 station;
	__u16 cpu;
	/* The number of its network namespace in /proc, and of its device in there; 0 where neither is known. */
	__u32 namespace_inode;
	__u32 ifindex;
	/* kfree_skb: enum skb_drop_reason of this kernel. A program's end, and xdp_…: what it returned. */
	__u32 reason;
	/* A program's end, where it redirects: enum trace_way, and the device, or what else a map has; 0 where it is not known. */
	__u32 way;
	__u32 target;
	/* An errno, or 0: why an XDP program's redirection failed; kfree_skb: ENETDOWN where the device is down. */
	__u32 error;
};

/* Where a program redirects to. */
enum trace_way {
	TRACE_WAY_UNKNOWN,
	TRACE_WAY_EGRESS,
	TRACE_WAY_INGRESS,
	TRACE_WAY_PEER,
	TRACE_WAY_NEIGHBOUR,
	TRACE_WAY_CPU,
	TRACE_WAY_SOCKET,
	TRACE_WAY_MANY,
};

_Static_assert(sizeof(struct trace_event) == 80, "an event has no holes");

#endif
