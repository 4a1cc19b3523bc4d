/** One-way delay of a ping-pong's answers. */
import type { Distribution } from './metric.ts'

export const returnDelay = {
  name: 'returnNs',
  load: 'pingpong',
  title: 'one-way delay back to the client, one packet in flight',
  noun: 'one-way delay to the client',
  short: 'delay back',
  headline: [],
  isOfInstrument: false,
} as const satisfies Distribution
