/** What a TCP transaction over an open connection costs both ends. */
import type { Amount } from './metric.ts'

export const tcpRrCost = {
  name: 'tcpRrCostNs',
  unit: 'ns',
  better: 'lower',
  load: 'tcp-rr',
  headline: false,
  isOfSender: true,
  title: 'time that both ends spend in calls that move something, per TCP transaction',
  // Not the threads' CPU time: while they spin, they use all of it whatever the path costs.
  noun: 'CPU time per TCP transaction',
  more: 'higher',
  less: 'lower',
  short: 'CPU/TCP trans',
  of: ({ received, fields }) => (received > 0 ? Number(fields.busyNs) / received : undefined),
} as const satisfies Amount
