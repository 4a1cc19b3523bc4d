import test from 'ava'
import type { Topology } from '../../src/scenario/schema.ts'
import { namespaceFileFor, planTopology } from '../../src/topology/plan.ts'

const bare = { routes: [], neighbours: [], sysctls: {}, loopback: [], nftables: '' }
const offload = {}

const topology: Topology = {
  namespaces: {
    client: {
      ...bare,
      routes: [
        { to: 'default', via: '10.0.2.10' },
        { to: '10.0.4.0/24', device: 'veth1' },
        { to: '10.0.5.0/24', via: '10.0.2.10', device: 'veth1' },
      ],
    },
    router: {
      ...bare,
      sysctls: { 'net.ipv4.ip_forward': 1, 'net/ipv4/conf/eth0.100/rp_filter': 0 },
      neighbours: [{ address: '10.0.2.11', device: 'veth2', mac: '02:00:00:00:00:01' }],
    },
  },
  bridges: {},
  links: {
    veth: {
      kind: 'veth',
      ends: [
        {
          namespace: 'client',
          device: 'veth1',
          mac: '02:00:00:00:00:01',
          addresses: ['10.0.2.11/24'],
          offload,
        },
        { namespace: 'router', device: 'veth2', addresses: ['10.0.2.10/24', 'fd00::10/64'], offload },
      ],
    },
  },
}

const plan = planTopology(topology, namespaceFileFor('stack'))

test('the namespaces of a path have its name before theirs, as all paths are live at once', (t) => {
  t.is(namespaceFileFor('stack')('netns-1'), 'stack.netns-1')
})

test('namespaces are made first, then the links between them', (t) => {
  t.deepEqual(plan.createLines, [
    'netns add stack.client',
    'netns add stack.router',
    'link add index 32 name veth1 address 02:00:00:00:00:01 netns stack.client type veth peer name veth2 netns stack.router',
  ])
})

test('removing the namespaces takes all of it away', (t) => {
  t.deepEqual(plan.removeLines, ['netns del stack.client', 'netns del stack.router'])
})

test('a namespace gets its addresses before its routes, its neighbours last, and no address of its own making', (t) => {
  t.deepEqual(
    plan.namespaces.map(({ namespace, file, ipLines }) => ({ namespace, file, ipLines })),
    [
      {
        namespace: 'client',
        file: 'stack.client',
        ipLines: [
          'link set dev lo up',
          'address add 10.0.2.11/24 dev veth1',
          'link set dev veth1 addrgenmode none',
          'link set dev veth1 up',
          'route add default via 10.0.2.10',
          'route add 10.0.4.0/24 dev veth1',
          'route add 10.0.5.0/24 via 10.0.2.10 dev veth1',
        ],
      },
      {
        namespace: 'router',
        file: 'stack.router',
        ipLines: [
          'link set dev lo up',
          'address add 10.0.2.10/24 dev veth2',
          'address add fd00::10/64 dev veth2 nodad',
          'address add fe80::ff:fe00:2/64 dev veth2 nodad',
          'link set dev veth2 addrgenmode none',
          'link set dev veth2 up',
          'neighbour replace 10.0.2.11 lladdr 02:00:00:00:00:01 dev veth2 nud permanent',
        ],
      },
    ],
  )
})

test('a sysctl is the file that its name means: dots part it, unless it is written with slashes', (t) => {
  t.deepEqual(
    plan.namespaces.map(({ sysctls }) => sysctls),
    [
      [],
      [
        // The router's device has an IPv6 address.
        ...['disable_ipv6', 'accept_dad', 'accept_ra', 'autoconf', 'router_solicitations'].map((name) => ({
          file: `/proc/sys/net/ipv6/conf/veth2/${name}`,
          value: '0',
        })),
        { file: '/proc/sys/net/ipv4/ip_forward', value: '1' },
        { file: '/proc/sys/net/ipv4/conf/eth0.100/rp_filter', value: '0' },
      ],
    ],
  )
})

const valueOf = (value: number | string | (number | string)[]): string | undefined => {
  const { namespaces } = planTopology(
    { namespaces: { host: { ...bare, sysctls: { 'net.ipv4.tcp_rmem': value } } }, bridges: {}, links: {} },
    namespaceFileFor('stack'),
  )
  return namespaces[0]?.sysctls[0]?.value
}

test('the words of a sysctl that is a list have a blank between two, however they are written', (t) => {
  for (const written of [
    '4096 131072 6291456',
    '4096\t131072\t6291456',
    ' 4096  131072 6291456',
    [4096, 131072, '6291456'],
  ])
    t.is(valueOf(written), '4096 131072 6291456')
  t.is(valueOf(0), '0')
})

/** A host with an address on lo and rules, on a bridge of the namespace `switch`. */
const bridged = planTopology(
  {
    namespaces: { host: { ...bare, loopback: ['192.0.2.1/32'], nftables: 'table ip x {}' }, switch: bare },
    bridges: { net0: { namespace: 'switch' } },
    links: {
      host: {
        kind: 'veth',
        ends: [
          {
            namespace: 'host',
            device: 'eth0',
            addresses: ['10.0.2.11/24'],
            offload: { tx: false, gro: true },
          },
          { namespace: 'switch', device: 'port0', addresses: [], offload, bridge: 'net0' },
        ],
      },
    },
  },
  namespaceFileFor('nat'),
)

test('a bridge is there before the links, and up before its ports are given to it', (t) => {
  t.is(bridged.createLines[2], 'link add name net0 netns nat.switch type bridge mcast_snooping 0')
  t.deepEqual(bridged.namespaces[1]?.ipLines, [
    'link set dev lo up',
    'link set dev net0 addrgenmode none',
    'link set dev net0 up',
    'link set dev port0 master net0',
    'link set dev port0 addrgenmode none',
    'link set dev port0 up',
  ])
})

test('addresses on lo, offloads and rules are those of one namespace', (t) => {
  const [host, other] = bridged.namespaces
  t.deepEqual(host?.ipLines.slice(0, 2), ['link set dev lo up', 'address add 192.0.2.1/32 dev lo'])
  t.deepEqual(host?.offloads, [['eth0', 'tx', 'off', 'gro', 'on']])
  t.is(host?.nftables, 'table ip x {}')
  t.deepEqual([other?.offloads, other?.nftables], [[], ''])
})

const dual: Topology = {
  namespaces: { client: bare, router: { ...bare, loopback: ['fd00:9::1/128'] } },
  bridges: {},
  links: {
    veth: {
      kind: 'veth',
      ends: [
        { namespace: 'client', device: 'c0', addresses: ['10.0.2.11/24'], offload },
        { namespace: 'router', device: 'r0', addresses: ['10.0.2.10/24', 'fd00::10/64'], offload },
      ],
    },
    own: {
      kind: 'veth',
      ends: [
        { namespace: 'client', device: 'c1', addresses: ['fd00:1::11/64', 'fe80::1/64'], offload },
        { namespace: 'router', device: 'r1', addresses: [], offload },
      ],
    },
  },
}

const [dualClient, dualRouter] = planTopology(dual, namespaceFileFor('stack')).namespaces

test('IPv6 addresses are there at once, and a link-local one beside them where there is none', (t) => {
  t.deepEqual(
    dualRouter!.ipLines.filter((line) => line.startsWith('address')),
    [
      'address add fd00:9::1/128 dev lo nodad',
      'address add 10.0.2.10/24 dev r0',
      'address add fd00::10/64 dev r0 nodad',
      'address add fe80::ff:fe00:2/64 dev r0 nodad',
    ],
  )
  t.deepEqual(
    dualClient!.ipLines.filter((line) => line.startsWith('address')),
    [
      'address add 10.0.2.11/24 dev c0',
      'address add fd00:1::11/64 dev c1 nodad',
      'address add fe80::1/64 dev c1 nodad',
    ],
  )
})

test('only devices with IPv6 addresses are told to wait for nobody and to look for no router', (t) => {
  t.deepEqual(
    [dualClient, dualRouter].map((one) => one!.sysctls.map(({ file, value }) => `${file} ${value}`)),
    [
      ['disable_ipv6', 'accept_dad', 'accept_ra', 'autoconf', 'router_solicitations'].map(
        (name) => `/proc/sys/net/ipv6/conf/c1/${name} 0`,
      ),
      [
        '/proc/sys/net/ipv6/conf/lo/disable_ipv6 0',
        ...['disable_ipv6', 'accept_dad', 'accept_ra', 'autoconf', 'router_solicitations'].map(
          (name) => `/proc/sys/net/ipv6/conf/r0/${name} 0`,
        ),
      ],
    ],
  )
})
