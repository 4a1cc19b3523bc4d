/** As many packets as the kernel accepts: what a path carries, and what that costs. */
import { z } from 'zod'
import { orText } from '../or-text.ts'
import { defaultEngine, engineNamed, engineNames, engines } from '../engines/engines.ts'
import { count, nanoseconds } from '../figures.ts'
import { defaultSink, sinkNamed, sinkNames, sinks } from '../sinks/sinks.ts'
import { packets, payloadBytes, readOneWay, udpLoad, type UdpLoad } from './udp.ts'

const schema = z.strictObject({
  kind: z.literal('flood').describe('As fast as accepted: throughput and cost.'),
  packets: packets.default(800),
  payloadBytes: payloadBytes.default(64),
  engine: z
    .enum(engineNames, { error: `an engine: ${orText(engineNames)}` })
    .default(defaultEngine)
    .describe(
      `How packets are handed to the kernel. ${engines.map(({ name, words }) => `${name}: ${words}.`).join(' ')} Runs with another engine than ${defaultEngine} are kept under the scenario's name with that of the engine behind it.`,
    ),
  sink: z
    .enum(sinkNames, { error: `a sink: ${orText(sinkNames)}` })
    .default(defaultSink)
    .describe(
      `Where packets are taken and counted. ${sinks.map(({ name, words }) => `${name}: ${words}.`).join(' ')} Runs with another sink than ${defaultSink} are kept under the scenario's name with that of the sink behind it.`,
    ),
})
const answer = z.object({
  kind: z.literal('flood'),
  /** Which sent. */
  engine: z.enum(engineNames),
  /** Which took. */
  sink: z.enum(sinkNames),
  sendNs: count,
  shortSends: count,
})

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
    `${trial.packets} packets of ${trial.payloadBytes} bytes${trial.engine === defaultEngine ? '' : ` by engine ${trial.engine}`}${trial.sink === defaultSink ? '' : ` to sink ${trial.sink}`}, as fast as accepted: throughput and cost`,
  settings: (trial) => ({
    packets: trial.packets,
    payloadBytes: trial.payloadBytes,
    engine: trial.engine,
    sink: trial.sink,
  }),
  report: ({ engine = defaultEngine, sink = defaultSink }) => {
    const sentences = [
      ...(engine === defaultEngine ? [] : [`Packets were sent ${engineNamed(engine).method}.`]),
      ...(sink === defaultSink ? [] : [`Packets were taken ${sinkNamed(sink).method}.`]),
    ]
    return sentences.length === 0 ? undefined : sentences.join(' ')
  },
  answer,
  order: (trial) => trial,
  read: (trial) => {
    const { sendNs, shortSends, received } = trial
    const result = readOneWay('flood', trial, { sendNs, shortSends })
    const { mergedMost } = engineNamed(trial.engine)
    const merged = received - Math.ceil(received / mergedMost)
    const taken = sinkNamed(trial.sink).isBelowStack ? trial.receivedByServer : []
    return { ...result, traffic: { ...result.traffic, merged, taken } }
  },
} as const satisfies UdpLoad<z.infer<typeof schema>, z.infer<typeof answer>>
