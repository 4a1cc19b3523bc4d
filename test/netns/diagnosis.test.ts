import { asRoot } from './as-root.ts'
import { diagnosed } from './diagnosed.ts'
import type { Change } from './own-scenario.ts'

/** Of 16 packets of a flood and 3 requests of a ping-pong that then gives up. */
const tried = 19

const sysctls = (namespace: string, values: Readonly<Record<string, number>>): Change => [
  ['topology', 'namespaces', namespace, 'sysctls'],
  values,
]

asRoot(
  'a router that does not forward is told by where the count falls, the counter, and what to set',
  async (t) => {
    const { lines } = await diagnosed(t, 'stack', {
      changes: [sysctls('netns-2', { 'net.ipv4.ip_forward': 0 })],
    })
    t.deepEqual(lines, [
      `requests: netns-1: sockets sent ${tried}, netns-1/veth1@1 sent ${tried}, netns-2/veth1@2 received ${tried}, netns-2 forwarded 0, netns-2/veth2@1 sent 0`,
      `${tried} of ${tried} got lost in netns-2: netns-2/Ip.InAddrErrors +${tried}`,
      'likely: netns-2 has packets for addresses that are not its own, and does not forward: set net.ipv4.ip_forward: 1 there, or give it the address',
    ])
  },
)

asRoot('rp_filter is named where the answer would leave by another device', async (t) => {
  const mac = '02:00:00:00:00:12'
  const { lines } = await diagnosed(t, 'stack', {
    changes: [
      sysctls('netns-2', { 'net.ipv4.ip_forward': 1, 'net.ipv4.conf.all.rp_filter': 1 }),
      [['topology', 'namespaces', 'netns-2', 'routes'], [{ to: '10.10.2.11/32', device: 'veth2@1' }]],
      [['topology', 'links', 'veth1', 1, 'mac'], mac],
      [
        ['topology', 'namespaces', 'netns-1', 'neighbours'],
        [{ address: '10.10.2.10', device: 'veth1@1', mac }],
      ],
    ],
  })
  t.is(lines[1], `${tried} of ${tried} got lost in netns-2: netns-2/TcpExt.IPReversePathFilter +${tried}`)
  t.regex(lines[2]!, /^likely: rp_filter of netns-2 .*set net\.ipv4\.conf\.all\.rp_filter: 0/)
})

asRoot('a MAC address that a program got wrong is told at the device that refuses the frames', async (t) => {
  const place = ['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value', 'destination_mac']
  const { lines } = await diagnosed(t, 'redirect', { changes: [[place, '02:00:00:00:00:99']] })
  t.is(lines[1], `${tried} of ${tried} got lost in netns-3: netns-3/veth2@2.rxOtherhostDropped +${tried}`)
  t.is(
    lines[2],
    "likely: the frames' destination MAC is not that of netns-3/veth2@2: rewrite it, or set it where a program's map has it",
  )
})

asRoot('answers without a route are told as such: the requests came', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [[['topology', 'namespaces', 'netns-3', 'routes'], []]],
  })
  t.deepEqual(lines, [
    'answers: netns-3: sockets sent 3, netns-3/veth2@2 sent 0',
    '3 of 3 got lost in netns-3: netns-3/Ip.OutNoRoutes +3',
    'likely: netns-3 has no route to where it would send: give it one',
  ])
})

asRoot('packets that are too long for the device behind the router are told with the MTU', async (t) => {
  const { lines } = await diagnosed(t, 'stack', {
    changes: [],
    payloadBytes: 1400,
    steps: [
      {
        command: ['ip', 'link', 'set', 'dev', 'veth2@2', 'mtu', '1000'],
        what: 'shorten the MTU',
        namespaceFile: 'stack.netns-3',
      },
    ],
  })
  t.is(lines[1], `${tried} of ${tried} got lost in netns-2: netns-2/veth2@1.txDropped +${tried}`)
  t.regex(lines[2]!, /longer than the MTU there/)
})

asRoot("a rule of nftables, which no counter of the kernel's tells of, is a suspect", async (t) => {
  const ruleset = 'table ip f {\nchain c {\ntype filter hook forward priority 0\nudp dport 7000 drop\n}\n}\n'
  const { lines } = await diagnosed(t, 'stack', {
    changes: [[['topology', 'namespaces', 'netns-2', 'nftables'], ruleset]],
  })
  t.deepEqual(lines.slice(1), [
    `${tried} of ${tried} got lost in netns-2: no counter of the kernel tells of them`,
    'likely: the nftables rules of netns-2: on their way, and what is dropped there is in no counter of the kernel',
  ])
})

/** Sends IPv4 on by the device in its map, and takes no care of anything else. */
const awaySource = `
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} target SEC(".maps");

SEC("xdp")
int away(struct xdp_md *context)
{
	unsigned char *data = (void *)(long)context->data;
	__u32 first = 0, *ifindex = bpf_map_lookup_elem(&target, &first);

	if (data + 24 > (unsigned char *)(long)context->data_end || data[12] != 8 || data[13] != 0 || !ifindex)
		return XDP_PASS;
	return bpf_redirect(*ifindex, 0);
}

char _license[] SEC("license") = "GPL";
`

asRoot(
  'native XDP that sends to a veth device whose peer has no XDP program is told with the peer',
  async (t) => {
    const program = {
      ...{
        object: 'away.bpf.c',
        program: 'away',
        hook: 'xdp/native',
        namespace: 'netns-2',
        device: 'veth1@2',
      },
      maps: { target: [{ key: 0, value: 'ifindex(veth2@1)' }] },
    }
    const { lines } = await diagnosed(t, 'stack', {
      changes: [[['paths', 'stack', 'programs'], [program]]],
      sources: { 'away.bpf.c': awaySource },
    })
    t.regex(
      lines[0]!,
      new RegExp(`netns-2/veth1@2 received ${tried}, netns-2 forwarded 0, netns-2/veth2@1 sent 0$`),
    )
    t.is(
      lines.at(-1),
      `likely: away at xdp/native of netns-2/veth1@2 passed ${tried} on (XDP_REDIRECT or XDP_TX), and there is no XDP program (or GRO) at the veth peer netns-3/veth2@2, which therefore takes none: attach nop_xdp there`,
    )
  },
)

/** Spoils a byte of every datagram to port 7000 and leaves its checksum as it was. */
const spoilSource = `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int spoil(struct __sk_buff *skb)
{
	unsigned char protocol = 0, byte = 0xa5;

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	if (protocol == 17)
		bpf_skb_store_bytes(skb, 90, &byte, 1, 0);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
`

asRoot('a program that leaves checksums wrong is told where they are verified', async (t) => {
  const program = {
    ...{
      object: 'spoil.bpf.c',
      program: 'spoil',
      hook: 'tc/ingress',
      namespace: 'netns-2',
      device: 'veth1@2',
    },
  }
  const { lines } = await diagnosed(t, 'stack', {
    changes: [
      [['paths', 'stack', 'programs'], [program]],
      // Else the checksum is left to a device that is none.
      [['topology', 'links', 'veth1', 0, 'offload'], { tx: false }],
    ],
    sources: { 'spoil.bpf.c': spoilSource },
  })
  t.is(lines[1], `${tried} of ${tried} got lost in netns-3: netns-3/Udp.InCsumErrors +${tried}`)
  t.regex(
    lines[2]!,
    /^likely: checksums are wrong where they come to netns-3: .*update the IP and L4 checksums$/,
  )
})

asRoot('a path that delivers has nothing that is missing', async (t) => {
  const { lines } = await diagnosed(t, 'redirect', { changes: [] })
  t.is(lines.length, 1)
  t.regex(
    lines[0]!,
    /^answers: netns-3: sockets sent 16, .* netns-1: sockets received 16; the devices' counters miss nothing$/,
  )
})
