/** One-way delay of packets sent on a schedule, counted from the scheduled time. */
import type { Distribution } from './metric.ts'

export const pacedDelay = {
  name: 'pacedForwardNs',
  load: 'paced',
  title: 'one-way delay under paced load, from the scheduled time',
  noun: 'one-way delay under paced load',
  short: 'paced delay',
  // Not the 99th. A trial's 250 packets have two or three beyond their 99th, which the machine's own interruptions
  // put anywhere: in the sample run the quartiles of a trial's 99th were 8 and 28 µs where nothing preempted either
  // thread, so that leaving out preempted trials does not help. In recorded runs of the default length its ratio was
  // known to ±14 to ±18 % (test/benchmarks/false-verdicts.ts). In the sample's 39 blocks, an eighth of a default
  // run's, the 90th was known to ±4.6 %, the 99th to ±42 %.
  headline: ['p50', 'p90'],
  isOfInstrument: false,
} as const satisfies Distribution
