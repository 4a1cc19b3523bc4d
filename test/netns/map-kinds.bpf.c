// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A TC program that looks into maps of all kinds that can be filled, and notes what it found. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MAP(kind, name, key_type, value_type) \
	struct {                              \
		__uint(type, kind);           \
		__uint(max_entries, 8);       \
		__type(key, key_type);        \
		__type(value, value_type);    \
	} name SEC(".maps")

enum weight {
	LIGHT = 3,
	HEAVY = 30
};
struct backend {
	__be32 address;
	__be16 port;
};
struct service {
	__u32 kind : 4, weight : 12;
	union {
		__u64 id;
		struct {
			__u32 low, high;
		};
	};
	struct backend backends[4];
	char device[16];
	enum weight pull;
};
struct network {
	__u32 prefixlen;
	__u8 address[4];
};
struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
};

MAP(BPF_MAP_TYPE_HASH, hash, struct backend, struct service);
MAP(BPF_MAP_TYPE_ARRAY, array, __u32, __u64);
MAP(BPF_MAP_TYPE_PERCPU_HASH, per_cpu_hash, __u32, __u32);
MAP(BPF_MAP_TYPE_PERCPU_ARRAY, per_cpu_array, __u32, __u32);
MAP(BPF_MAP_TYPE_LRU_HASH, lru, __u32, __u64);
MAP(BPF_MAP_TYPE_LRU_PERCPU_HASH, lru_per_cpu, __u32, __u64);
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 8);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network);
	__type(value, __u32);
} networks SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, 4);
	__uint(value_size, 4);
} stages SEC(".maps");
struct inner first SEC(".maps");
struct inner second SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct inner);
} by_place SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __be32);
	__array(values, struct inner);
} by_address SEC(".maps");
#define KEYLESS(kind, name)             \
	struct {                        \
		__uint(type, kind);     \
		__uint(max_entries, 8); \
		__type(value, __u32);   \
	} name SEC(".maps")
KEYLESS(BPF_MAP_TYPE_QUEUE, queue);
KEYLESS(BPF_MAP_TYPE_STACK, stack);
KEYLESS(BPF_MAP_TYPE_BLOOM_FILTER, bloom);
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} seen SEC(".maps");

const volatile struct service settings;
const volatile __u64 large;
__be32 listed[4] = { 1, 2, 3, 4 };
__u32 unwritten = 77;

static void note(__u32 place, __u64 number)
{
	bpf_map_update_elem(&seen, &place, &number, BPF_ANY);
}

/* A global function, that the verifier looks at by itself. */
__attribute__((noinline)) __u64 sum_of(__u32 first, __u32 second)
{
	return (__u64)first + second;
}

SEC("tc") int called(struct __sk_buff *skb)
{
	note(8, 1);
	return TC_ACT_OK;
}

#define NOTE_FROM(place, map, key_type, wanted, value_type)         \
	do {                                                        \
		key_type key = wanted;                              \
		value_type *value = bpf_map_lookup_elem(map, &key); \
		if (value)                                          \
			note(place, *value);                        \
	} while (0)

static void note_hash(void)
{
	struct backend key = { bpf_htonl(0x0a0a0314), bpf_htons(7000) };
	struct service *service = bpf_map_lookup_elem(&hash, &key);

	if (!service)
		return;
	note(0, service->kind + service->weight);
	note(14, service->backends[2].port == bpf_htons(81) && service->device[0] == 'v' &&
				 service->pull == HEAVY
			 ? service->high
			 : 0);
}

static void note_network(__u32 place, __u8 third)
{
	struct network key = { 32, { 10, 10, third, 1 } };
	__u32 *value = bpf_map_lookup_elem(&networks, &key);

	if (value)
		note(place, *value);
}

static void note_inner(__u32 place, void *inner)
{
	__u32 key = 1;
	__u64 *value = inner ? bpf_map_lookup_elem(inner, &key) : 0;

	if (value)
		note(place, *value);
}

static void note_keyless(void)
{
	__u32 value, there = 35, missing = 36;

	if (bpf_map_pop_elem(&queue, &value) == 0)
		note(15, value);
	if (bpf_map_pop_elem(&stack, &value) == 0)
		note(16, value);
	note(17,
	     bpf_map_peek_elem(&bloom, &there) == 0 && bpf_map_peek_elem(&bloom, &missing) != 0);
}

SEC("tc") int look(struct __sk_buff *skb)
{
	__u32 place = 1;
	__be32 address = bpf_htonl(0x0a000001);

	note_hash();
	note_keyless();
	NOTE_FROM(1, &array, __u32, 3, __u64);
	NOTE_FROM(2, &per_cpu_hash, __u32, 900, __u32);
	NOTE_FROM(3, &per_cpu_array, __u32, 7, __u32);
	NOTE_FROM(4, &lru, __u32, 4, __u64);
	NOTE_FROM(5, &lru_per_cpu, __u32, 5, __u64);
	note_network(6, 7);
	note_network(7, 99);
	note_inner(9, bpf_map_lookup_elem(&by_place, &place));
	note_inner(10, bpf_map_lookup_elem(&by_address, &address));
	note(11, large == 0xfffffffffffffffeULL ? settings.backends[1].port : 0);
	note(12, sum_of(bpf_ntohl(listed[1]), listed[2]));
	note(13, unwritten);
	bpf_tail_call(skb, &stages, 2);
	return TC_ACT_SHOT;
}

char LICENSE[] SEC("license") = "GPL";
