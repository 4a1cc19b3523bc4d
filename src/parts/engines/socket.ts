import type { Engine } from './engine.ts'

/** What every flood is sent by where nothing else is said. */
export const socket = {
  name: 'socket',
  words: 'a datagram of a socket for each packet, 64 a system call',
  method: 'by sockets, a datagram for each',
  mergedMost: 1,
  moreByRoughly: 1,
  isPastStack: false,
  hasProgram: false,
  wantsPollingPeer: false,
} as const satisfies Engine
