/** One-way delay of a ping-pong's requests. */
import type { Distribution } from './metric.ts'

export const forwardDelay = {
  name: 'forwardNs',
  load: 'pingpong',
  title: 'one-way delay to the server, one packet in flight',
  noun: 'one-way delay to the server',
  short: 'delay there',
  headline: [],
  isOfInstrument: false,
} as const satisfies Distribution
