/** tun: a device whose packets a process reads and writes (drivers/net/tun.c). */
import { tun as tunNeed } from '../needs/tun.ts'
import type { LinkKind, OneEnd } from './link.ts'

const shape = {}

export const tun: LinkKind<typeof shape, OneEnd> = {
  name: 'tun',
  words:
    'A device whose IP packets a process has: what the stack sends there it reads, and what it writes the stack receives. Without such a process, one of the path’s agents, packets are lost.',
  need: tunNeed,
  endCount: 1,
  shape,
  check: ({ ends: [{ mac, queues }] }) => [
    ...(mac === undefined ? [] : [{ at: ['ends', 0, 'mac'], message: 'a tun device has no MAC address' }]),
    ...(queues === undefined
      ? []
      : [{ at: ['ends', 0, 'queues'], message: 'a tun device has one queue, of the process that opens it' }]),
  ],
  createLines: ({ ends: [{ namespace, device, mtu, txQueueLength }] }) => [
    { namespace, line: `tuntap add dev ${device} mode tun` },
    ...(mtu === undefined ? [] : [{ namespace, line: `link set dev ${device} mtu ${mtu}` }]),
    ...(txQueueLength === undefined
      ? []
      : [{ namespace, line: `link set dev ${device} txqueuelen ${txQueueLength}` }]),
  ],
}
