import test from 'ava'
import { carriers } from '../../src/topology/spared-devices.ts'

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
