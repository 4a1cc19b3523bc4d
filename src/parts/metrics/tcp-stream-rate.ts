/** Bytes delivered per second over open TCP connections. */
import type { Amount } from './metric.ts'

export const tcpStreamRate = {
  name: 'tcpStreamBps',
  unit: 'Bps',
  better: 'higher',
  load: 'tcp-stream',
  headline: true,
  title: 'bytes delivered per second over open TCP connections, payload alone',
  noun: 'TCP bytes per second',
  does: { verb: 'delivers', what: 'TCP bytes per second' },
  more: 'higher',
  less: 'lower',
  short: 'TCP B/s',
  // Nothing delivered is a rate of 0.
  of: ({ fields }) =>
    Number(fields.timedNs) > 0 ? (Number(fields.timedBytes) / Number(fields.timedNs)) * 1e9 : 0,
} as const satisfies Amount
