import type { Need } from '../needs/need.ts'
import type { Engine } from './engine.ts'

const need: Need = {
  name: 'packet-ring',
  why: 'engine packet: whole frames from a ring that is shared with the kernel',
  remedy: 'a kernel with CONFIG_PACKET, from 4.20 on',
  isAlways: false,
  buildsOn: [],
  trial: ({ generator }) => [{ command: [...generator, 'packet'] }],
}

export const packet = {
  name: 'packet',
  words:
    "whole frames from a ring to the route's device, past the client's stack and queueing discipline (AF_PACKET)",
  method:
    "as whole frames from a ring to the route's device, past the client's stack and queueing discipline (AF_PACKET): no counter of the client's stack has them",
  need,
  mergedMost: 1,
  moreByRoughly: 1,
  isPastStack: true,
  hasProgram: false,
  wantsPollingPeer: false,
} as const satisfies Engine
