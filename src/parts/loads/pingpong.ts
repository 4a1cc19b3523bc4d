/** One packet in flight, and each is answered: the time there and back. */
import { z } from 'zod'
import { count } from '../figures.ts'
import { histogramSchema } from '../histogram-data.ts'
import type { TrialResult } from './trial-result.ts'
import {
  packets,
  payloadBytes,
  readOneWay,
  timedLossWords,
  type UdpAnswer,
  udpLoad,
  type UdpLoad,
} from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('pingpong').describe('One packet in flight: round-trip time, and each way.'),
  packets: packets.default(250),
  payloadBytes: payloadBytes.default(64),
})
const answer = z.object({
  kind: z.literal('pingpong'),
  /** Different requests that came to the servers. */
  requestsReceived: count,
  timeouts: count,
  late: count,
  rttNs: histogramSchema,
  forwardNs: histogramSchema,
  returnNs: histogramSchema,
})
type Own = z.infer<typeof answer>

export const pingpong = {
  ...udpLoad,
  kind: 'pingpong',
  schema,
  fields: {
    /** Requests that came to a server. */
    requestsReceived: count,
    /** Requests without an answer in time, and answers that came after it. */
    timeouts: count,
    late: count,
  },
  isSaturating: false,
  isAnswered: true,
  words: {
    whose: "the ping-pong's",
    what: 'requests',
    ofTrials: 'packets of pingpong trials',
    lost: timedLossWords,
    method: 'ping-pong keeps one packet in flight',
  },
  text: (trial) =>
    `${trial.packets} packets of ${trial.payloadBytes} bytes, one in flight: round-trip time, and each way`,
  settings: (trial) => ({ packets: trial.packets, payloadBytes: trial.payloadBytes }),
  answer,
  order: (trial) => trial,
  read: readRoundTrips,
} as const satisfies UdpLoad<z.infer<typeof schema>, Own>

/** An answer that came late was delivered all the same. */
function readRoundTrips(trial: UdpAnswer & Own): TrialResult {
  const { requestsReceived, timeouts, late } = trial
  const result = readOneWay('pingpong', trial, { requestsReceived, timeouts, late })
  const answered = trial.received + late
  // An answer to a request that came to no server is another's.
  const forged = Math.max(0, answered - requestsReceived)
  return {
    ...result,
    histograms: [
      ['rttNs', trial.rttNs],
      ['forwardNs', trial.forwardNs],
      ['returnNs', trial.returnNs],
    ],
    traffic: {
      ...result.traffic,
      requestsReceived,
      repliesSent: requestsReceived,
      repliesReceived: answered,
    },
    delivery: { ...result.delivery, received: answered, misdirected: trial.misdirected + forged },
  }
}
