/** Packets on a fixed schedule, whatever becomes of those before: delay under load. */
import { z } from 'zod'
import { histogramSchema } from '../histogram-data.ts'
import { packets, payloadBytes, ratePps, readOneWay, timedLossWords, udpLoad, type UdpLoad } from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('paced').describe('A fixed schedule: latency under load.'),
  packets: packets.default(250),
  payloadBytes: payloadBytes.default(64),
  ratePps: ratePps.default(50_000),
})
const answer = z.object({
  kind: z.literal('paced'),
  pacedForwardNs: histogramSchema,
  pacedForwardUncorrectedNs: histogramSchema,
  scheduleErrorNs: histogramSchema,
})

export const paced = {
  ...udpLoad,
  kind: 'paced',
  schema,
  fields: {},
  isSaturating: false,
  isAnswered: false,
  words: {
    whose: "the paced load's",
    what: 'packets',
    ofTrials: 'packets of paced trials',
    lost: timedLossWords,
    method:
      'paced sends on a fixed schedule, and counts latency from the scheduled time, so that a stall shows in every packet it delayed',
  },
  text: (trial) =>
    `${trial.packets} packets of ${trial.payloadBytes} bytes, ${trial.ratePps} a second: latency under load`,
  schedule: ({ packets, ratePps }) => ({ key: 'ratePps', count: packets, rate: ratePps }),
  settings: (trial) => ({
    packets: trial.packets,
    payloadBytes: trial.payloadBytes,
    ratePps: trial.ratePps,
  }),
  answer,
  order: (trial) => trial,
  read: (trial) => ({
    ...readOneWay('paced', trial),
    histograms: [
      ['pacedForwardNs', trial.pacedForwardNs],
      ['pacedForwardUncorrectedNs', trial.pacedForwardUncorrectedNs],
      ['scheduleErrorNs', trial.scheduleErrorNs],
    ],
  }),
} as const satisfies UdpLoad<z.infer<typeof schema>, z.infer<typeof answer>>
