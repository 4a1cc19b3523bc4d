/** TCP transactions over open connections per second. */
import type { Amount } from './metric.ts'

export const tcpRrRate = {
  name: 'tcpRrTps',
  unit: 'tps',
  better: 'higher',
  load: 'tcp-rr',
  headline: true,
  title: 'TCP transactions over open connections, answered per second',
  noun: 'TCP transactions per second',
  does: { verb: 'completes', what: 'TCP transactions per second' },
  more: 'higher',
  less: 'lower',
  short: 'TCP trans/s',
  of: ({ received, durationNs }) => (durationNs > 0 ? (received / durationNs) * 1e9 : 0),
} as const satisfies Amount
