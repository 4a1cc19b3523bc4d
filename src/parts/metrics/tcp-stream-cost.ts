/** What a byte of a TCP stream costs who sends it. */
import type { Amount } from './metric.ts'

export const tcpStreamCost = {
  name: 'tcpStreamCostNs',
  unit: 'ns',
  better: 'lower',
  load: 'tcp-stream',
  headline: false,
  isOfSender: true,
  title: "the sending thread's CPU time per byte of a TCP stream that was delivered",
  noun: 'sender CPU time per TCP byte',
  more: 'higher',
  less: 'lower',
  short: 'CPU/TCP byte',
  of: ({ received, fields }) => (received > 0 ? Number(fields.senderCpuNs) / received : undefined),
} as const satisfies Amount
