import { asRoot } from './as-root.ts'
import { explained } from './explained.ts'
import type { Change } from './own-scenario.ts'

const sysctls = (namespace: string, values: Readonly<Record<string, number>>): Change => [
  ['topology', 'namespaces', namespace, 'sysctls'],
  values,
]

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
  t.regex(
    said,
    /netns-2\/veth2@1: (no neighbour: it waits|dropped in \w+\(\): no neighbour).*; \d+ requests?/,
  )
})

asRoot('a router that does not forward is named', async (t) => {
  const said = await explained(t, 'stack', [sysctls('netns-2', { 'net.ipv4.ip_forward': 0 })])
  t.regex(
    said,
    /netns-2\/veth1@2: dropped in ip_error\(\): its destination is not ours, and nothing is forwarded here \(IP_INADDRERRORS\); 3 requests/,
  )
})

asRoot('a router that knows no route to the server is named', async (t) => {
  const elsewhere = '10.10.9.20'
  const said = await explained(t, 'stack', [
    [['server', 'address'], elsewhere],
    [['topology', 'links', 'veth2', 1, 'addresses', 1], `${elsewhere}/24`],
    [['topology', 'namespaces', 'netns-1', 'routes', 0, 'to'], '10.10.9.0/24'],
    [['paths', 'floor'], undefined],
  ])
  t.regex(
    said,
    /netns-2\/veth1@2: dropped in ip_error\(\): no route to its destination \(IP_INNOROUTES\); 3 requests/,
  )
})

asRoot('a time to live that is used up is named where that happens', async (t) => {
  const said = await explained(t, 'stack', [sysctls('netns-1', { 'net.ipv4.ip_default_ttl': 1 })])
  t.regex(
    said,
    /netns-2\/veth1@2: dropped in ip_forward\(\): its time to live is used up \(IP_INHDR\); 3 requests/,
  )
})

asRoot('a packet that must not be split, and is longer than the next link takes, is named', async (t) => {
  const mtus = [0, 1].map((end): Change => [['topology', 'links', 'veth2', end, 'mtu'], 1300])
  // Else the client learns of it.
  const deaf: Change = [
    ['topology', 'namespaces', 'netns-1', 'nftables'],
    'table ip f {\nchain c {\ntype filter hook input priority 0\nmeta l4proto icmp drop\n}\n}\n',
  ]
  const said = await explained(t, 'stack', [...mtus, deaf], {}, ['--payload', '1400'])
  t.regex(
    said,
    /netns-2\/veth1@2: dropped in ip_forward\(\): longer than the MTU of the device it leaves by \(PKT_TOO_BIG\); \d requests?/,
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
