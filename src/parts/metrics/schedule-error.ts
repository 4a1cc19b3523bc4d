/** How far behind its schedule a packet was sent. */
import type { Distribution } from './metric.ts'

export const scheduleError = {
  name: 'scheduleErrorNs',
  load: 'paced',
  title: 'time from the scheduled to the real moment of sending',
  noun: "error of the sender's schedule",
  headline: [],
  isOfInstrument: true,
} as const satisfies Distribution
