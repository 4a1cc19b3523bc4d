/** What a TCP transaction on a connection of its own costs both ends. */
import type { Amount } from './metric.ts'

export const tcpCrrCost = {
  name: 'tcpCrrCostNs',
  unit: 'ns',
  better: 'lower',
  load: 'tcp-crr',
  headline: false,
  isOfSender: true,
  title:
    'time that both ends spend in calls that move something, per TCP connection with its one transaction',
  // Not the threads' CPU time: while they spin, they use all of it whatever the path costs.
  noun: 'CPU time per TCP connection',
  more: 'higher',
  less: 'lower',
  short: 'CPU/TCP conn',
  of: ({ received, fields }) => (received > 0 ? Number(fields.busyNs) / received : undefined),
} as const satisfies Amount
