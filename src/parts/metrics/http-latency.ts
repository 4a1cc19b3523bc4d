/** Time that an HTTP request takes. */
import type { Distribution } from './metric.ts'

export const httpLatency = {
  name: 'httpLatencyNs',
  load: 'http',
  title: 'time from an HTTP request to its whole answer',
  noun: 'HTTP response time',
  short: 'HTTP time',
  headline: ['p50', 'p99'],
  isOfInstrument: false,
} as const satisfies Distribution
