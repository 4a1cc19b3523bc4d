import test from 'ava'
import type { Link } from '../../../src/scenario/schema.ts'
import { linkKindNamed } from '../../../src/parts/links/links.ts'

const bare = { addresses: [], offload: {} }
const one = { namespace: 'a', device: 'own0', ...bare }
const other = { namespace: 'b', device: 'own1', ...bare }
const fileOf = (namespace: string) => `x.${namespace}`
const linesOf = (link: Link) => linkKindNamed(link.kind).createLines(link, fileOf, 'own')

test('pairs are made with both ends at once, each with its own settings', (t) => {
  const settings = { mac: '02:00:00:00:00:01', mtu: 1400, txQueueLength: 10, queues: { tx: 2, rx: 3 } }
  t.deepEqual(linesOf({ kind: 'veth', ends: [{ ...one, ...settings }, other] }), [
    {
      line: 'link add name own0 address 02:00:00:00:00:01 mtu 1400 txqueuelen 10 numtxqueues 2 numrxqueues 3 netns x.a type veth peer name own1 netns x.b',
    },
  ])
})

test('a netkit pair is made by a call, as older versions of ip(8) cannot choose its mode or name its peer', (t) => {
  const link = { kind: 'netkit', mode: 'l2', ends: [one, other] } as Link
  t.deepEqual(linesOf(link), [])
  const [, ...words] = linkKindNamed('netkit').createCall?.(link, fileOf, 33).command ?? []
  t.is(words.join(' '), 'l2 index 33 name own0 netns x.a peer name own1 netns x.b')
})

for (const [keys, type] of [
  [{ kind: 'macvlan', parent: 'eth0', mode: 'vepa' }, 'link eth0 … type macvlan mode vepa'],
  [{ kind: 'ipvlan', parent: 'eth0', mode: 'l3s' }, 'link eth0 … type ipvlan mode l3s'],
  [{ kind: 'vlan', parent: 'eth0', id: 7 }, 'link eth0 … type vlan id 7'],
  [
    { kind: 'vxlan', id: 7, local: '192.0.2.1', remote: '192.0.2.2', parent: 'eth0', port: 4789 },
    '… type vxlan id 7 local 192.0.2.1 remote 192.0.2.2 dev eth0 dstport 4789',
  ],
  [{ kind: 'vxlan', external: true, port: 8472 }, '… type vxlan external dstport 8472'],
  [
    { kind: 'geneve', id: 7, remote: '192.0.2.2', port: 6081 },
    '… type geneve id 7 remote 192.0.2.2 dstport 6081',
  ],
  [{ kind: 'geneve', external: true, port: 6081 }, '… type geneve external dstport 6081'],
  [
    { kind: 'ipip', local: '192.0.2.1', remote: '192.0.2.2', parent: 'eth0' },
    '… type ipip local 192.0.2.1 remote 192.0.2.2 dev eth0',
  ],
  [
    { kind: 'ip6tnl', local: '2001:db8::1', remote: '2001:db8::2', mode: 'ip6ip6' },
    '… type ip6tnl mode ip6ip6 local 2001:db8::1 remote 2001:db8::2 encaplimit none',
  ],
  [
    { kind: 'gre', local: '192.0.2.1', remote: '192.0.2.2', id: 7 },
    '… type gre local 192.0.2.1 remote 192.0.2.2 key 7',
  ],
] as const)
  test(`${JSON.stringify(keys)} is one device: ${type}`, (t) => {
    t.deepEqual(linesOf({ ...keys, ends: [one] }), [
      { namespace: 'a', line: `link add ${type.replace('…', 'name own0 netns x.a')}` },
    ])
  })

test('a device whose parent is in another namespace is made there, and moves to its own', (t) => {
  t.deepEqual(linesOf({ kind: 'vlan', parent: 'b/eth0', id: 7, ends: [one] }), [
    { namespace: 'b', line: 'link add link eth0 name own0 netns x.a type vlan id 7' },
  ])
})

test('both ends of wireguard are made where they send, and told each other’s endpoint and what is behind it', (t) => {
  const link = {
    kind: 'wireguard',
    endpoints: ['2001:db8::1', '2001:db8::2'],
    port: 51_820,
    allowed: [['10.1.0.0/16', '10.2.0.0/16'], ['10.3.0.0/16']],
    ends: [one, other],
  } as Link
  t.deepEqual(linesOf(link), [
    { namespace: 'a', line: 'link add name own0 netns x.a type wireguard' },
    { namespace: 'b', line: 'link add name own1 netns x.b type wireguard' },
  ])
  t.deepEqual(linkKindNamed('wireguard').configure?.(link, fileOf).command.slice(4), [
    '51820',
    ...['x.a', 'own0', '[2001:db8::1]', '10.1.0.0/16,10.2.0.0/16'],
    ...['x.b', 'own1', '[2001:db8::2]', '10.3.0.0/16'],
  ])
})

test('keys of a link that do not fit each other are told with where they stand', (t) => {
  const faultsOf = (link: Link) => linkKindNamed(link.kind).check?.(link)
  t.deepEqual(faultsOf({ kind: 'geneve', external: false, id: 7, ends: [one] }), [
    { at: ['remote'], message: 'missing, as it is not "external"' },
  ])
  t.deepEqual(faultsOf({ kind: 'netkit', mode: 'l3', ends: [one, { ...other, mac: '02:00:00:00:00:01' }] }), [
    { at: ['ends', 1, 'mac'], message: 'netkit has MAC addresses in mode l2 only' },
  ])
  t.deepEqual(faultsOf({ kind: 'wireguard', endpoints: ['192.0.2.1', '2001:db8::2'], ends: [one, other] }), [
    { at: ['endpoints', 1], message: '192.0.2.1 and 2001:db8::2 are not of one family of addresses' },
  ])
})
