/** As many packets as the kernel accepts: what a path carries, and what that costs. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { packets, payloadBytes, readOneWay, udpLoad, type UdpLoad } from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('flood').describe('As fast as accepted: throughput and cost.'),
  packets: packets.default(800),
  payloadBytes: payloadBytes.default(64),
})
const answer = z.object({ kind: z.literal('flood'), sendNs: count, shortSends: count })

export const flood = {
  ...udpLoad,
  kind: 'flood',
  schema,
  fields: {
    /** The time from the first send to the last send's return; durationNs runs to the last delivery. */
    sendNs: nanoseconds,
    /** sendmmsg calls that took fewer packets than offered. */
    shortSends: count,
  },
  isSaturating: true,
  isAnswered: false,
  words: {
    whose: "the flood's",
    what: 'packets',
    ofTrials: 'packets of flood trials',
    lost: 'packets lost in floods',
    method: 'a flood sends as fast as packets are accepted',
  },
  text: (trial) =>
    `${trial.packets} packets of ${trial.payloadBytes} bytes, as fast as accepted: throughput and cost`,
  settings: (trial) => ({ packets: trial.packets, payloadBytes: trial.payloadBytes }),
  answer,
  order: (trial) => trial,
  read: (trial) => readOneWay('flood', trial, { sendNs: trial.sendNs, shortSends: trial.shortSends }),
} as const satisfies UdpLoad<z.infer<typeof schema>, z.infer<typeof answer>>
