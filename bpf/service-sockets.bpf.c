// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Services translated where a socket calls them: no packet ever has a service's address, so none has to be looked at. connect
 * gives a socket that is connected one of the backends for good. For one that is not, sendmsg gives each datagram the
 * same backend for as long as the socket lives, and recvmsg has it told that the answer is from the service.
 *
 * A socket that was connected is told its backend's address as its peer's: there is no program for getpeername() here.
 */
#include "backend-choice6.h"
#include "service-set.h"

/* Datagrams from a backend to a socket, by the socket's cookie. */
struct answer_key {
	__u64 socket;
	struct in6_addr backend; /* IPv4: the last word */
	__u32 port;		 /* in network byte order, as programs of sockets have it */
	__u32 unused;		 /* a hash key is compared whole: no hidden padding */
};

/* The service that a socket called, which got a backend. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, FLOWS_MAX);
	__type(key, struct answer_key);
	__type(value, struct in6_addr);
} answers SEC(".maps");

#define ALLOWED 1

/* Of a socket: cookies count up. */
static __always_inline __u64 socket_hash(struct bpf_sock_addr *call)
{
	return mixed(bpf_get_socket_cookie(call));
}

/* The backend that a call of a service goes to; 0 where it calls none, or the service has none. */
static __always_inline __be32 backend_of(struct bpf_sock_addr *call)
{
	struct service_key key = {
		.address = call->user_ip4,
		.port = (__be16)call->user_port,
		.protocol = call->protocol,
	};

	if (!bpf_map_lookup_elem(&services, &key))
		return 0;
	return backend_at(slot_with_highest_weight(socket_hash(call)));
}

/* Word by word, as the kernel lets a program read the address. */
static __always_inline struct in6_addr address6_of(const struct bpf_sock_addr *call)
{
	struct in6_addr address;

	address.in6_u.u6_addr32[0] = call->user_ip6[0];
	address.in6_u.u6_addr32[1] = call->user_ip6[1];
	address.in6_u.u6_addr32[2] = call->user_ip6[2];
	address.in6_u.u6_addr32[3] = call->user_ip6[3];
	return address;
}

static __always_inline void set_address6(struct bpf_sock_addr *call, const struct in6_addr *address)
{
	call->user_ip6[0] = address->in6_u.u6_addr32[0];
	call->user_ip6[1] = address->in6_u.u6_addr32[1];
	call->user_ip6[2] = address->in6_u.u6_addr32[2];
	call->user_ip6[3] = address->in6_u.u6_addr32[3];
}

/* As backend_of(); NULL where there is none. */
static __always_inline struct backend6 *backend6_of(struct bpf_sock_addr *call)
{
	struct service6_key key = {
		.address = address6_of(call),
		.port = (__be16)call->user_port,
		.protocol = call->protocol,
	};
	__u32 slot;

	if (!bpf_map_lookup_elem(&services6, &key))
		return NULL;
	slot = slot6_with_highest_weight(socket_hash(call));
	return bpf_map_lookup_elem(&backends6, &slot);
}

static __always_inline void note_answer(struct bpf_sock_addr *call, const struct in6_addr *backend,
					const struct in6_addr *service)
{
	struct answer_key key = {
		.socket = bpf_get_socket_cookie(call),
		.backend = *backend,
		.port = call->user_port,
	};

	if (!bpf_map_lookup_elem(&answers, &key))
		bpf_map_update_elem(&answers, &key, service, BPF_ANY);
}

static __always_inline struct in6_addr *answering_service(struct bpf_sock_addr *call,
							  const struct in6_addr *backend)
{
	struct answer_key key = {
		.socket = bpf_get_socket_cookie(call),
		.backend = *backend,
		.port = call->user_port,
	};

	return bpf_map_lookup_elem(&answers, &key);
}

static __always_inline struct in6_addr last_word(__be32 address)
{
	return (struct in6_addr){ .in6_u.u6_addr32 = { 0, 0, 0, address } };
}

SEC("cgroup/connect4")
int connect4(struct bpf_sock_addr *call)
{
	__be32 backend = backend_of(call);

	if (backend)
		call->user_ip4 = backend;
	return ALLOWED;
}

SEC("cgroup/connect6")
int connect6(struct bpf_sock_addr *call)
{
	struct backend6 *backend = backend6_of(call);

	if (backend)
		set_address6(call, &backend->address);
	return ALLOWED;
}

SEC("cgroup/sendmsg4")
int sendmsg4(struct bpf_sock_addr *call)
{
	__be32 backend = backend_of(call);
	struct in6_addr to = last_word(backend), service = last_word(call->user_ip4);

	if (!backend)
		return ALLOWED;
	note_answer(call, &to, &service);
	call->user_ip4 = backend;
	return ALLOWED;
}

SEC("cgroup/sendmsg6")
int sendmsg6(struct bpf_sock_addr *call)
{
	struct backend6 *backend = backend6_of(call);
	struct in6_addr service = address6_of(call), to;

	if (!backend)
		return ALLOWED;
	to = backend->address;
	note_answer(call, &to, &service);
	set_address6(call, &to);
	return ALLOWED;
}

SEC("cgroup/recvmsg4")
int recvmsg4(struct bpf_sock_addr *call)
{
	struct in6_addr from = last_word(call->user_ip4);
	struct in6_addr *service = answering_service(call, &from);

	if (service)
		call->user_ip4 = service->in6_u.u6_addr32[3];
	return ALLOWED;
}

SEC("cgroup/recvmsg6")
int recvmsg6(struct bpf_sock_addr *call)
{
	struct in6_addr from = address6_of(call);
	struct in6_addr *service = answering_service(call, &from);

	if (service)
		set_address6(call, service);
	return ALLOWED;
}

char _license[] SEC("license") = "Dual BSD/GPL";
