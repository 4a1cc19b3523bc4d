import test from 'ava'
import { giveBackScript, restoringLines } from '../../src/topology/give-back.ts'
import { readLook } from '../../src/topology/machine-look.ts'

const addresses = [
  {
    family: 'inet',
    local: '192.0.2.2',
    prefixlen: 24,
    broadcast: '192.0.2.255',
    scope: 'global',
    label: 'eth0',
  },
  {
    ...{
      family: 'inet',
      local: '192.0.2.9',
      address: '192.0.2.10',
      prefixlen: 32,
      scope: 'global',
      label: 'eth0',
    },
    ...{ dynamic: true, valid_life_time: 600, preferred_life_time: 300 },
  },
  // iproute2 6.1 writes an empty object for what it was asked to leave out.
  {},
  { family: 'inet6', local: 'fd00::2', prefixlen: 64, scope: 'global', noprefixroute: true },
  {
    family: 'inet6',
    local: 'fd00::abcd',
    prefixlen: 64,
    scope: 'global',
    dynamic: true,
    valid_life_time: 600,
  },
]

const lookOf = (flags: readonly string[]) =>
  readLook(
    `== links
${JSON.stringify([{ ifname: 'eth0', flags, mtu: 9000, addr_info: addresses }])}
== routes
unicast 198.51.100.0/24 via 192.0.2.1 dev eth0 table 7 proto static scope global metric 50 linkdown
unicast 192.0.2.0/24 dev eth0 table main proto kernel scope link src 192.0.2.2 linkdown
unicast default via fe80::1 dev eth0 table main proto ra scope global metric 100 expires 1790sec
unicast 203.0.113.0/24 via 192.0.3.1 dev eth01 table main proto static scope global
== neighbours
192.0.2.7 dev eth0 lladdr 02:00:00:00:00:07 PERMANENT
192.0.3.7 dev eth01 lladdr 02:00:00:00:00:08 PERMANENT
== sysctls
/proc/sys/net/ipv4/conf/eth0/rp_filter:2
/proc/sys/net/ipv4/conf/eth01/rp_filter:1
`,
    'look',
  )

test('a device gets back its MTU, addresses, routes and neighbours; what the kernel makes by itself is left to it', (t) => {
  t.deepEqual(restoringLines('eth0', lookOf(['BROADCAST', 'UP'])), [
    'link set dev eth0 mtu 9000',
    'address add 192.0.2.2/24 broadcast 192.0.2.255 dev eth0 label eth0 scope global',
    'address add 192.0.2.9 peer 192.0.2.10/32 dev eth0 label eth0 scope global valid_lft 600 preferred_lft 300',
    'address add fd00::2/64 dev eth0 nodad noprefixroute',
    'link set dev eth0 up',
    'route add unicast 198.51.100.0/24 via 192.0.2.1 dev eth0 table 7 proto static scope global metric 50',
    'neighbour replace 192.0.2.7 dev eth0 lladdr 02:00:00:00:00:07 nud permanent',
  ])
})

test('a device that was down stays down, and its sysctls are set again', (t) => {
  t.false(restoringLines('eth0', lookOf(['BROADCAST'])).includes('link set dev eth0 up'))
  const script = giveBackScript([{ device: 'eth0', descriptor: 4 }], lookOf([])).split('\n')
  t.true(script.includes("take 4 'eth0'"))
  t.true(script.includes('/proc/sys/net/ipv4/conf/eth0/rp_filter\t2'))
  t.false(script.some((line) => line.includes('eth01')))
})
