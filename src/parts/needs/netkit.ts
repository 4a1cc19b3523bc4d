import { builtProgram } from '../../host/built.ts'
import type { Command } from '../../host/tool.ts'
import type { Need } from './need.ts'

/** The call that makes a pair (sandbox/netkit.c), as ip(8) can from iproute2 6.8 on. @param primary and peer: words of ip-link(8) */
export const netkitPair = (mode: 'l2' | 'l3', primary: string, peer: string): Command => [
  builtProgram('netkit'),
  ...[mode, ...primary.split(' ')],
  ...['peer', ...peer.split(' ')],
]

const device = 'probe-device'

export const netkit: Need = {
  name: 'netkit',
  why: 'links of kind netkit',
  remedy: 'a kernel from 6.7 on, with CONFIG_NETKIT',
  isAlways: false,
  buildsOn: [],
  trial: () => [
    { command: netkitPair('l3', `name ${device}`, 'name probe-peer') },
    { command: ['ip', 'link', 'del', device] },
  ],
}
