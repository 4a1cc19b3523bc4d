/** Throughput of a flood. */
import type { Amount } from './metric.ts'

export const throughput = {
  name: 'throughputPps',
  unit: 'pps',
  better: 'higher',
  load: 'flood',
  headline: true,
  title:
    'throughput, packets delivered per second until the last delivery or the last send, whichever is later',
  noun: 'throughput',
  does: { verb: 'delivers', what: 'packets per second' },
  more: 'higher',
  less: 'lower',
  short: 'packets/s',
  // Nothing delivered is a throughput of 0.
  of: ({ received, durationNs }) => (durationNs > 0 ? (received / durationNs) * 1e9 : 0),
} as const satisfies Amount
