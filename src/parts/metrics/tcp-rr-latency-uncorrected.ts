/** The same on a schedule, counted from when a request was really sent. */
import type { Distribution } from './metric.ts'

export const tcpRrLatencyUncorrected = {
  name: 'tcpRrUncorrectedNs',
  load: 'tcp-rr',
  title: 'time of a TCP transaction on a schedule, from the time of sending',
  noun: 'TCP transaction time, uncorrected',
  headline: [],
  isOfInstrument: true,
} as const satisfies Distribution
