import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

export const ipv6: Need = {
  name: 'ipv6',
  why: 'addresses, routes and load of IPv6',
  remedy: 'a kernel with CONFIG_IPV6, started without ipv6.disable=1',
  isAlways: false,
  family: 6,
  buildsOn: [veth],
  trial: () => [{ command: ['ip', 'address', 'add', 'fd00::1/128', 'dev', probeDevice, 'nodad'] }],
  undo: () => ({ command: ['ip', 'address', 'del', 'fd00::1/128', 'dev', probeDevice] }),
}
