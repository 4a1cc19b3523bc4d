/** What a packet of a flood costs the sender. */
import type { Amount } from './metric.ts'

export const cost = {
  name: 'costNs',
  unit: 'ns',
  better: 'lower',
  load: 'flood',
  headline: true,
  isOfSender: true,
  title: "cost, the sender thread's CPU time per packet delivered",
  // Of the sender's thread alone, and a packet that is lost costs those that arrive.
  noun: 'sender CPU time per packet delivered',
  more: 'higher',
  less: 'lower',
  short: 'sender CPU',
  of: ({ received, fields }) => (received > 0 ? Number(fields.senderCpuNs) / received : undefined),
} as const satisfies Amount
