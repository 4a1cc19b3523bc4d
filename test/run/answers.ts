/** What trials might come to, by what the generator might answer. */
import type { z } from 'zod'
import type { HistogramData } from '../../src/parts/histogram-data.ts'
import { flood } from '../../src/parts/loads/flood.ts'
import { paced } from '../../src/parts/loads/paced.ts'
import { pingpong } from '../../src/parts/loads/pingpong.ts'
import type { UdpAnswer } from '../../src/parts/loads/udp.ts'
import type { TrialResult } from '../../src/parts/loads/trial-result.ts'

/** A histogram of whole ns up to 2047, where every value has a bucket of its own. */
export const histogram = (...values: readonly number[]): HistogramData => ({
  count: values.length,
  min: Math.min(...values, Infinity) === Infinity ? 0 : Math.min(...values),
  max: Math.max(0, ...values),
  sum: values.reduce((sum, value) => sum + value, 0),
  buckets: values.toSorted((a, b) => a - b).flatMap((value) => [value, 1]),
})

/** What both ends count in a trial of any kind. */
export const counted = {
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

type AnswerOf<Part extends { readonly answer: z.ZodType }> = Partial<UdpAnswer & z.infer<Part['answer']>>

export const floodResult = (path: string, changes: AnswerOf<typeof flood> = {}): TrialResult =>
  flood.read({
    ...counted,
    kind: 'flood',
    engine: 'socket',
    sink: 'socket',
    path,
    sendNs: 1_900_000,
    shortSends: 6,
    ...changes,
  })

export const pingpongResult = (path: string, changes: AnswerOf<typeof pingpong> = {}): TrialResult =>
  pingpong.read({
    ...counted,
    kind: 'pingpong',
    path,
    requestsReceived: 98,
    lost: 3,
    timeouts: 4,
    late: 1,
    rttNs: histogram(1000, 1200, 1400),
    forwardNs: histogram(500, 600, 700),
    returnNs: histogram(500, 600, 700),
    ...changes,
  })

export const pacedResult = (path: string, changes: AnswerOf<typeof paced> = {}): TrialResult =>
  paced.read({
    ...counted,
    kind: 'paced',
    path,
    pacedForwardNs: histogram(800, 900),
    pacedForwardUncorrectedNs: histogram(700, 800),
    scheduleErrorNs: histogram(50, 100),
    ...changes,
  })
