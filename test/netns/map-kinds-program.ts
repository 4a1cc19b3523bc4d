/** A TC program that looks into maps of all kinds that can be filled, and notes what it found. */

/** What it notes in `seen`, by place: a number that it read, or how often a program was called. */
export const places = {
  hash: 0,
  array: 1,
  perCpuHash: 2,
  perCpuArray: 3,
  lru: 4,
  lruPerCpu: 5,
  prefixInside: 6,
  prefixOutside: 7,
  tailCall: 8,
  mapOfArray: 9,
  mapOfHash: 10,
  constant: 11,
  list: 12,
  unwritten: 13,
  nested: 14,
  queue: 15,
  stack: 16,
  bloomFilter: 17,
} as const

export const mapKindsSource = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MAP(kind, name, key_type, value_type) \\
	struct { __uint(type, kind); __uint(max_entries, 8); __type(key, key_type); __type(value, value_type); } name SEC(".maps")

enum weight { LIGHT = 3, HEAVY = 30 };
struct backend { __be32 address; __be16 port; };
struct service {
	__u32 kind : 4, weight : 12;
	union { __u64 id; struct { __u32 low, high; }; };
	struct backend backends[4];
	char device[16];
	enum weight pull;
};
struct network { __u32 prefixlen; __u8 address[4]; };
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
#define KEYLESS(kind, name) struct { __uint(type, kind); __uint(max_entries, 8); __type(value, __u32); } name SEC(".maps")
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

#define NOTE_FROM(place, map, key_type, wanted, value_type) do { \\
	key_type key = wanted; \\
	value_type *value = bpf_map_lookup_elem(map, &key); \\
	if (value) note(place, *value); \\
} while (0)

static void note_hash(void)
{
	struct backend key = { bpf_htonl(0x0a0a0314), bpf_htons(7000) };
	struct service *service = bpf_map_lookup_elem(&hash, &key);

	if (!service)
		return;
	note(0, service->kind + service->weight);
	note(14, service->backends[2].port == bpf_htons(81) && service->device[0] == 'v' &&
		 service->pull == HEAVY ? service->high : 0);
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
	note(17, bpf_map_peek_elem(&bloom, &there) == 0 && bpf_map_peek_elem(&bloom, &missing) != 0);
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
`

/** The program in a scenario, with its maps filled. */
export const mapKindsProgram = {
  object: 'kinds.bpf.c',
  program: 'look',
  hook: 'tc/ingress',
  namespace: 'netns-2',
  device: 'veth1@2',
  maps: {
    hash: [
      {
        key: { address: '10.10.3.20', port: 7000 },
        value: {
          kind: 15,
          weight: 1000,
          high: 5,
          backends: [{}, { address: '10.0.0.1' }, { port: 81 }],
          device: 'veth2@1',
          pull: 'HEAVY',
        },
      },
    ],
    array: [{ key: 3, value: '0x1fffffffffffff' }],
    per_cpu_hash: [{ key: 900, value: 21 }],
    per_cpu_array: [{ key: 7, value: 22 }],
    lru: [{ key: 4, value: 23 }],
    lru_per_cpu: [{ key: 5, value: 24 }],
    networks: [
      { key: '10.10.0.0/16', value: 25 },
      { key: { prefix: '10.10.7.0/24' }, value: 26 },
    ],
    stages: [{ key: 2, value: 'called' }],
    first: [{ key: 1, value: 27 }],
    second: [{ key: 1, value: 28 }],
    by_place: [{ key: 1, value: 'first' }],
    by_address: [{ key: '10.0.0.1', value: 'second' }],
    queue: [{ value: 31 }, { value: 32 }],
    stack: [{ value: 33 }, { value: 34 }],
    bloom: [{ value: 35 }],
  },
  constants: {
    settings: { backends: [{}, { port: 'network(29)' }] },
    large: '0xfffffffffffffffe',
    listed: [0, 30],
  },
}

/** What it finds then. */
export const found: Readonly<Record<keyof typeof places, number>> = {
  hash: 15 + 1000,
  array: 0x1fffffffffffff,
  perCpuHash: 21,
  perCpuArray: 22,
  lru: 23,
  lruPerCpu: 24,
  prefixInside: 26,
  prefixOutside: 25,
  tailCall: 1,
  mapOfArray: 27,
  mapOfHash: 28,
  // As it is sent: the bytes 00 1d.
  constant: 0x1d00,
  list: 30,
  unwritten: 77,
  nested: 5,
  // The first that was pushed, and the last.
  queue: 31,
  stack: 34,
  bloomFilter: 1,
}
