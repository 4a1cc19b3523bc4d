/** What the generator might answer. */
import type { HistogramData, TrialAnswer } from '../../src/load/protocol.ts'

/** A histogram of whole ns up to 2047, where every value has a bucket of its own. */
export const histogram = (...values: readonly number[]): HistogramData => ({
  count: values.length,
  min: Math.min(...values, Infinity) === Infinity ? 0 : Math.min(...values),
  max: Math.max(0, ...values),
  sum: values.reduce((sum, value) => sum + value, 0),
  buckets: values.toSorted((a, b) => a - b).flatMap((value) => [value, 1]),
})

const counted = {
  startNs: 1000,
  durationNs: 2_000_000,
  sent: 100,
  received: 96,
  lost: 4,
  reordered: 1,
  duplicated: 2,
  corrupted: 3,
  misdirected: 0,
  strays: 0,
  senderCpuPackets: 196,
  otherCpuPackets: 4,
  senderCpuNs: 500_000,
  receiverCpuNs: 400_000,
  senderPreempted: 3,
  receiverPreempted: 5,
  receivedByServer: [96],
  flowsByServer: [1],
  movedPackets: 0,
}

type Of<Kind extends TrialAnswer['kind']> = Extract<TrialAnswer, { kind: Kind }>

export const floodAnswer = (path: string, changes: Partial<Of<'flood'>> = {}): Of<'flood'> => ({
  ...counted,
  path,
  kind: 'flood',
  sendNs: 1_900_000,
  shortSends: 6,
  ...changes,
})

export const pingpongAnswer = (path: string, changes: Partial<Of<'pingpong'>> = {}): Of<'pingpong'> => ({
  ...counted,
  path,
  kind: 'pingpong',
  requestsReceived: 98,
  lost: 3,
  timeouts: 4,
  late: 1,
  rttNs: histogram(1000, 1200, 1400),
  forwardNs: histogram(500, 600, 700),
  returnNs: histogram(500, 600, 700),
  ...changes,
})

export const pacedAnswer = (path: string, changes: Partial<Of<'paced'>> = {}): Of<'paced'> => ({
  ...counted,
  path,
  kind: 'paced',
  pacedForwardNs: histogram(800, 900),
  pacedForwardUncorrectedNs: histogram(700, 800),
  scheduleErrorNs: histogram(50, 100),
  ...changes,
})
