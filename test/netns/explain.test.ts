import type { ExecutionContext } from 'ava'
import { asRoot } from './as-root.ts'
import { bench } from './bench-command.ts'
import { type Change, changedScenario, ownScenario } from './own-scenario.ts'

const sysctls = (namespace: string, values: Readonly<Record<string, number>>): Change => [
  ['topology', 'namespaces', namespace, 'sysctls'],
  values,
]

/** What `bench explain` says of a path, in one line. */
async function explained(
  t: ExecutionContext,
  path: string,
  changes: readonly Change[],
  sources: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { file } = ownScenario(t, changedScenario(changes), sources)
  const { exitCode, stdout, stderr } = await bench(['explain', file, '--path', path])
  t.is(exitCode, 0, stderr)
  return stdout.replaceAll(/\s+/g, ' ')
}

asRoot(
  'of a path that delivers it is said that all requests were answered, and which way they went',
  async (t) => {
    const said = await explained(t, 'redirect', [])
    t.regex(said, /^redirect: 16 of 16 requests were answered As far as a request came: netns-1: send call/)
    t.notRegex(said, /dropped|last seen/)
  },
)

asRoot('a destination MAC that is not that of the device is named with device and function', async (t) => {
  const place = ['paths', 'redirect', 'programs', 0, 'maps', 'services', 0, 'value', 'destination_mac']
  const said = await explained(t, 'redirect', [[place, '02:00:00:00:00:99']])
  t.regex(
    said,
    /redirect: 0 of 3 requests were answered netns-3\/veth2@2: dropped in ip_rcv_core\(\): destination MAC is not ours \(OTHERHOST\); 3 requests/,
  )
})

asRoot('the reverse path filter is named', async (t) => {
  const mac = '02:00:00:00:00:12'
  const said = await explained(t, 'stack', [
    sysctls('netns-2', { 'net.ipv4.ip_forward': 1, 'net.ipv4.conf.all.rp_filter': 1 }),
    [['topology', 'namespaces', 'netns-2', 'routes'], [{ to: '10.10.2.11/32', device: 'veth2@1' }]],
    [['topology', 'links', 'veth1', 1, 'mac'], mac],
    [
      ['topology', 'namespaces', 'netns-1', 'neighbours'],
      [{ address: '10.10.2.10', device: 'veth1@1', mac }],
    ],
  ])
  t.regex(said, /netns-2\/veth1@2: dropped in \w+\(\): reverse path filter: .* \(IP_RPFILTER\); 3 requests/)
})

asRoot('a next hop that does not answer is named where packets wait for it', async (t) => {
  const said = await explained(t, 'stack', [
    [['topology', 'namespaces', 'netns-2', 'routes'], [{ to: '10.10.3.20/32', via: '10.10.3.99' }]],
  ])
  t.regex(said, /netns-2\/veth2@1: (no neighbour: it waits|dropped in \w+\(\): no neighbour).*; \d requests?/)
})

asRoot('a router that does not forward is named', async (t) => {
  const said = await explained(t, 'stack', [sysctls('netns-2', { 'net.ipv4.ip_forward': 0 })])
  t.regex(
    said,
    /netns-2\/veth1@2: dropped in ip_error\(\): its destination is not ours, and nothing is forwarded here \(IP_INADDRERRORS\); 3 requests/,
  )
})

asRoot('replies without a route are named: the requests came', async (t) => {
  const said = await explained(t, 'stack', [[['topology', 'namespaces', 'netns-3', 'routes'], []]])
  t.regex(said, /stack: 0 of 3 requests were answered/)
  t.regex(said, /As far as a request came: .* received/)
  t.regex(
    said,
    /netns-3: the send call made no packet of it: there is no route, or it is not permitted; 3 replies/,
  )
})

asRoot('a rule of nftables is named', async (t) => {
  const ruleset = 'table ip f {\nchain c {\ntype filter hook forward priority 0\nudp dport 7000 drop\n}\n}\n'
  const said = await explained(t, 'stack', [[['topology', 'namespaces', 'netns-2', 'nftables'], ruleset]])
  t.regex(
    said,
    /netns-2\/\S+: dropped in \w+\(\): a rule of netfilter drops it \(NETFILTER_DROP\); 3 requests/,
  )
})

asRoot('a port on which nobody listens is named', async (t) => {
  const ruleset =
    'table ip f {\nchain c {\ntype filter hook prerouting priority 0\nudp dport 7000 udp dport set 7001\n}\n}\n'
  const said = await explained(t, 'stack', [[['topology', 'namespaces', 'netns-3', 'nftables'], ruleset]])
  t.regex(
    said,
    /netns-3\/veth2@2: dropped in \w+\(\): port closed: no socket listens on its address and port \(NO_SOCKET\); 3 requests/,
  )
})

/** Drops every datagram, or spoils a byte of it and leaves its checksum as it was. */
const source = (what: string) => `
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int wicked(struct __sk_buff *skb)
{
	unsigned char protocol = 0, byte = 0xa5;

	bpf_skb_load_bytes(skb, 23, &protocol, 1);
	if (protocol != 17)
		return TC_ACT_OK;
	${what}
}

char _license[] SEC("license") = "GPL";
`

const wicked = (hook: string): Change => [
  ['paths', 'stack', 'programs'],
  [{ object: 'wicked.bpf.c', program: 'wicked', hook, namespace: 'netns-2', device: 'veth1@2' }],
]

for (const hook of ['tc/ingress', 'tc/egress'])
  asRoot(`a program at ${hook} that drops is named`, async (t) => {
    const said = await explained(t, 'stack', [wicked(hook)], {
      'wicked.bpf.c': source('bpf_skb_store_bytes(skb, 90, &byte, 1, 0); return TC_ACT_SHOT;'),
    })
    t.regex(
      said,
      /netns-2\/veth1@2: dropped in \w+\(\): program wicked returned TC_ACT_SHOT \(TC_(IN|E)GRESS\); 3 (requests|replies)/,
    )
  })

asRoot('a checksum that a program left wrong is named where it is verified', async (t) => {
  const said = await explained(
    t,
    'stack',
    [
      wicked('tc/ingress'),
      // Else the checksum is left to a device that is none.
      [['topology', 'links', 'veth1', 0, 'offload'], { tx: false }],
    ],
    { 'wicked.bpf.c': source('bpf_skb_store_bytes(skb, 90, &byte, 1, 0); return TC_ACT_OK;') },
  )
  t.regex(
    said,
    /netns-3(\/veth2@2)?: dropped in \w+\(\): checksum wrong: that of UDP \(UDP_CSUM\); 3 requests/,
  )
})
