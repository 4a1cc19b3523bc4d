/** What a segment of a TCP stream costs who sends it. */
import type { Amount } from './metric.ts'

export const tcpStreamSegmentCost = {
  name: 'tcpStreamSegmentCostNs',
  unit: 'ns',
  better: 'lower',
  load: 'tcp-stream',
  headline: false,
  isOfSender: true,
  title: "the sending thread's CPU time per segment of a TCP stream, those that were sent again included",
  noun: 'sender CPU time per TCP segment',
  more: 'higher',
  less: 'lower',
  short: 'CPU/TCP segment',
  of: ({ fields }) =>
    Number(fields.streamSegments) > 0
      ? Number(fields.senderCpuNs) / Number(fields.streamSegments)
      : undefined,
} as const satisfies Amount
