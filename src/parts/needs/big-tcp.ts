import type { Call } from '../call.ts'
import type { Need } from './need.ts'
import { probeDevice, veth } from './veth.ts'

const set = (bytes: number): Call => ({
  command: ['ip', 'link', 'set', 'dev', probeDevice, 'gso_max_size', String(bytes)],
})

export const bigTcp: Need = {
  name: 'big-tcp',
  why: 'packets of TCP over IPv6 that are longer than 64 KiB (BIG TCP)',
  remedy: 'a kernel from 5.19 on, and iproute2 from 6.0 on',
  isAlways: false,
  buildsOn: [veth],
  trial: () => [set(185_000), set(65_536)],
}
