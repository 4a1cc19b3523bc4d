/** TCP transactions on a connection each per second. */
import type { Amount } from './metric.ts'

export const tcpCrrRate = {
  name: 'tcpCrrTps',
  unit: 'tps',
  better: 'higher',
  load: 'tcp-crr',
  headline: true,
  title: 'TCP transactions on a connection each, completed per second',
  noun: 'TCP connections per second',
  does: { verb: 'completes', what: 'TCP connections per second' },
  more: 'higher',
  less: 'lower',
  short: 'TCP conn/s',
  of: ({ received, durationNs }) => (durationNs > 0 ? (received / durationNs) * 1e9 : 0),
} as const satisfies Amount
