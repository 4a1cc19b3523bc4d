import test from 'ava'
import { readLook } from '../../src/topology/machine-look.ts'
import { carriers, hindranceOf, managementDevices } from '../../src/topology/spared-devices.ts'

test('a VLAN on a bond is carried by the bond and its ports, and by nothing else', (t) => {
  const links = [
    { ifname: 'eth0', master: 'bond0' },
    { ifname: 'eth1', master: 'bond0' },
    { ifname: 'eth2' },
    { ifname: 'bond0' },
    { ifname: 'bond0.7', link: 'bond0' },
    { ifname: 'bond0.8', link: 'bond0' },
  ]
  t.deepEqual([...carriers(['bond0.7'], links)].toSorted(), ['bond0', 'bond0.7', 'eth0', 'eth1'])
})

const link = (ifname: string, more: object = {}) => ({
  ifname,
  flags: ['UP'],
  mtu: 1500,
  addr_info: [],
  ...more,
})
const address = (local: string) => ({ addr_info: [{ family: 'inet', local, prefixlen: 24 }] })

/** As the script writes it. */
const look = readLook(
  [
    '== own',
    '== links',
    JSON.stringify([
      link('lo'),
      link('eth0', { master: 'br0' }),
      link('br0', address('192.0.2.2')),
      link('eth1', address('192.0.3.2')),
      link('eth2', address('192.0.4.2')),
      link('eth2.7', { link: 'eth2' }),
      link('a', { link: 'b' }),
      link('b', { link: 'a' }),
    ]),
    '== way',
    '== routes',
    'unicast default via 192.0.2.1 dev br0 table main proto boot scope global ',
    '== neighbours',
    '== sockets',
    '0 0 192.0.3.2:22 192.0.9.9:5000 users:(("sshd",pid=12,fd=4))',
    '0 0 192.0.4.2:443 192.0.9.9:5001 users:(("nginx",pid=13,fd=4))',
    '== sysctls',
    '',
  ].join('\n'),
  'look',
)

test('what carries the default route or a connection of ssh is left alone, with what it stands on', (t) => {
  t.deepEqual(
    [...managementDevices(look)],
    [
      ['br0', 'its default route leads over it'],
      ['eth0', 'its default route leads over it'],
      ['eth1', 'a connection of ssh goes over it'],
    ],
  )
  t.is(managementDevices(look, '192.0.4.2').get('eth2'), 'ssh comes in by it')
})

test('ports, what has some, and what others stand on are not moved; an end of a pair is', (t) => {
  t.deepEqual(
    ['eth0', 'br0', 'eth2', 'a', 'eth9'].map((device) => hindranceOf(device, look)),
    [
      'it is a port of br0',
      'eth0 is a port of it',
      'eth2.7 stands on it',
      undefined,
      'there is no such device',
    ],
  )
})
