/** BPF sources as other people write them. */

const head = `
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

static __always_inline int is_request(void *data, void *data_end)
{
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);

	return (void *)(udp + 1) <= data_end && eth->h_proto == bpf_htons(ETH_P_IP) &&
	       ip->protocol == IPPROTO_UDP && udp->dest == bpf_htons(7000);
}
#define IS_REQUEST(ctx) is_request((void *)(long)(ctx)->data, (void *)(long)(ctx)->data_end)
`

const counter = (map: string): string => `
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} ${map} SEC(".maps");

static __always_inline void count(__u32 place)
{
	__u64 *counted = bpf_map_lookup_elem(&${map}, &place);

	if (counted)
		__sync_fetch_and_add(counted, 1);
}
`

/** Redirects requests to a device or a CPU, whose entries may have a program; and programs that cannot be used. */
export const targetsSource = `${head}${counter('met')}
struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP_HASH);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__uint(value_size, 8);
} devices SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CPUMAP);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct bpf_cpumap_val);
} cpus SEC(".maps");

typedef __u8 mac[ETH_ALEN];
typedef mac macs[2];
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, macs);
} addresses SEC(".maps");

SEC("xdp") int to_device(struct xdp_md *ctx)
{
	return IS_REQUEST(ctx) ? bpf_redirect_map(&devices, 5, XDP_PASS) : XDP_PASS;
}

SEC("xdp") int to_cpu(struct xdp_md *ctx)
{
	return IS_REQUEST(ctx) ? bpf_redirect_map(&cpus, 0, XDP_PASS) : XDP_PASS;
}

/* Its section does not say that it is for a device map. */
SEC("xdp") int leaving(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	__u32 place = 0;
	macs *found = bpf_map_lookup_elem(&addresses, &place);

	if (!found || (void *)(eth + 1) > (void *)(long)ctx->data_end)
		return XDP_DROP;
	__builtin_memcpy(eth->h_source, (*found)[0], ETH_ALEN);
	__builtin_memcpy(eth->h_dest, (*found)[1], ETH_ALEN);
	count(0);
	return XDP_PASS;
}

SEC("xdp/cpumap") int there(struct xdp_md *ctx)
{
	count(1);
	return XDP_PASS;
}

SEC("xdp/devmap") int for_devices(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("tc") int of_tc(struct __sk_buff *skb)
{
	return TC_ACT_OK;
}

SEC("freplace/x") int extension(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("kprobe/ip_rcv") int kprobe(void *ctx)
{
	return 0;
}
`

/** Counts requests in place 0 of a map, and lets them go on. */
export const sharerSource = (program: string): string => `${head}${counter('packets')}
SEC("tc") int ${program}(struct __sk_buff *skb)
{
	if (IS_REQUEST(skb))
		count(0);
	return TC_ACT_UNSPEC;
}
`

/** Sections as they are found, with functions that the verifier looks at apart. */
export const sectionsSource = `${head}
static __attribute__((noinline)) int add(int a, int b)
{
	return a + b;
}

__attribute__((noinline)) int all_of(__u32 length)
{
	return add(length, 0) >= 0;
}

#define TC(section, name) \\
	SEC(section) int name(struct __sk_buff *skb) { return all_of(skb->len) ? TC_ACT_OK : TC_ACT_SHOT; }
#define XDP(section, name) \\
	SEC(section) int name(struct xdp_md *ctx) { return all_of(ctx->data_end - ctx->data) ? XDP_PASS : XDP_DROP; }

TC("?tc", optional)
TC("classifier", of_old)
TC("tcx/ingress", tcx)
TC("my_section", own_tc)
XDP("xdp_of_mine", own_xdp)
XDP("xdp.frags", fragments)
`

/** Calls a function that the kernel lends (kfunc), found by its BTF, and reads a field where this kernel has it (CO-RE). */
export const kfuncSource = `${head}${counter('cookies')}
struct net_device { int ifindex; } __attribute__((preserve_access_index));
struct xdp_rxq_info { struct net_device *dev; } __attribute__((preserve_access_index));
struct xdp_buff { struct xdp_rxq_info *rxq; } __attribute__((preserve_access_index));
void *bpf_cast_to_kern_ctx(void *ctx) __ksym;

SEC("xdp") int with_kfunc(struct xdp_md *ctx)
{
	struct xdp_buff *frame = bpf_cast_to_kern_ctx(ctx);

	if (frame->rxq->dev->ifindex == ctx->ingress_ifindex && IS_REQUEST(ctx))
		count(0);
	return XDP_PASS;
}
`
