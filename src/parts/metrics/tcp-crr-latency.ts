/** Time that a TCP transaction on a connection of its own takes, from its SYN on. */
import type { Distribution } from './metric.ts'

export const tcpCrrLatency = {
  name: 'tcpCrrNs',
  load: 'tcp-crr',
  title: 'time from the SYN of a TCP connection to the answer of its one request',
  noun: 'time from SYN to answer',
  short: 'TCP CRR',
  headline: ['p50', 'p99'],
  isOfInstrument: false,
} as const satisfies Distribution
