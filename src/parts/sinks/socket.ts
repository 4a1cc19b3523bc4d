import type { Sink } from './sink.ts'

/** Where every flood is taken from where nothing else is said. */
export const socket = {
  name: 'socket',
  words: "from the server's socket",
  method: "from the server's sockets",
  isBelowStack: false,
} as const satisfies Sink
