/** Round-trip time of a ping-pong. */
import type { Distribution } from './metric.ts'

export const roundTrip = {
  name: 'rttNs',
  load: 'pingpong',
  title: 'round-trip time, one packet in flight',
  noun: 'round trip',
  short: 'RTT',
  headline: ['p50', 'p99'],
  isOfInstrument: false,
} as const satisfies Distribution
