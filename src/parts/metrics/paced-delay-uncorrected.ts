/** The same counted from the time at which a packet was really sent. */
import type { Distribution } from './metric.ts'

export const pacedDelayUncorrected = {
  name: 'pacedForwardUncorrectedNs',
  load: 'paced',
  title: 'one-way delay under paced load, from the time of sending',
  noun: 'one-way delay under paced load, uncorrected',
  headline: [],
  isOfInstrument: true,
} as const satisfies Distribution
