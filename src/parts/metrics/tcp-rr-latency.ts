/** Time that a TCP transaction over an open connection takes. */
import type { Distribution } from './metric.ts'

export const tcpRrLatency = {
  name: 'tcpRrNs',
  load: 'tcp-rr',
  title:
    'time of a TCP transaction over an open connection, from its request, or when that was due, to its answer',
  noun: 'TCP transaction time',
  short: 'TCP RR',
  headline: ['p50', 'p99'],
  isOfInstrument: false,
} as const satisfies Distribution
