import type { Need } from '../needs/need.ts'
import type { Engine } from './engine.ts'

const need: Need = {
  name: 'udp-gso',
  why: 'engine gso: datagrams that the kernel cuts into packets, and merges again',
  remedy: 'a kernel from 5.0 on (UDP_SEGMENT, UDP_GRO)',
  isAlways: false,
  buildsOn: [],
  trial: ({ generator }) => [{ command: [...generator, 'gso'] }],
}

export const gso = {
  name: 'gso',
  words:
    'up to 64 packets in one datagram, which the kernel cuts as late as it can, and the server takes merged (UDP_SEGMENT, UDP_GRO)',
  method:
    'up to 64 in one datagram, which the kernel cuts as late as it can, and the server takes merged (UDP_SEGMENT, UDP_GRO): counters of the kernel may have that many as one, and the proof allows for it',
  need,
  // UDP_MAX_SEGMENTS and UDP_GRO_CNT_MAX of the kernel, and BATCH_PACKETS of the generator.
  mergedMost: 64,
  moreByRoughly: 16,
  isPastStack: false,
  hasProgram: false,
  wantsPollingPeer: false,
} as const satisfies Engine
