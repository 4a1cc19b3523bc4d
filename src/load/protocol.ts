/**
 * What goes between pathbench and `udpgen`: JSON lines. The generator's own header,
 * udpgen/protocol.h, says what the figures mean; names are the same on both sides.
 */
import { z } from 'zod'

const count = z.number().int().nonnegative()

/** An HDR histogram: buckets are pairs of index and count, see `histogram.ts`. */
const histogramSchema = z.object({
  count,
  min: count,
  max: count,
  sum: z.number(),
  buckets: z.array(count),
})
export type HistogramData = z.infer<typeof histogramSchema>

const common = {
  path: z.string(),
  startNs: count,
  durationNs: count,
  sent: count,
  received: count,
  lost: count,
  reordered: count,
  duplicated: count,
  senderCpuNs: count,
  receiverCpuNs: count,
  senderPreempted: count,
  receiverPreempted: count,
  /** Why the trial ended early: the kernel accepted no packet for a while. */
  sendError: z.string().optional(),
}

const trialAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('flood'), sendNs: count, shortSends: count }),
  z.object({
    ...common,
    kind: z.literal('pingpong'),
    timeouts: count,
    late: count,
    rttNs: histogramSchema,
    forwardNs: histogramSchema,
    returnNs: histogramSchema,
  }),
  z.object({
    ...common,
    kind: z.literal('paced'),
    pacedForwardNs: histogramSchema,
    pacedForwardUncorrectedNs: histogramSchema,
    scheduleErrorNs: histogramSchema,
  }),
])
export type TrialAnswer = z.infer<typeof trialAnswerSchema>

export const answerSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('ready'),
    protocol: z.literal(1, { error: 'version 1: rebuild udpgen with `bench setup`' }),
    version: z.string(),
    memoryLocked: z.boolean(),
  }),
  z.object({ event: z.literal('opened'), paths: count }),
  z.object({ event: z.literal('block'), trials: z.array(trialAnswerSchema) }),
  z.object({ event: z.literal('bpfStats'), enabled: z.boolean() }),
  z.object({ event: z.literal('closed') }),
  z.object({
    event: z.literal('error'),
    command: z.string().nullish(),
    path: z.string().nullish(),
    message: z.string(),
  }),
])
export type Answer = z.infer<typeof answerSchema>

export type Receiver = 'spinning' | 'blocking'

/** Where a path's two sockets live. Namespaces are files as the generator sees them. */
export interface PathSockets {
  readonly name: string
  readonly client: { readonly namespace: string }
  readonly server: { readonly namespace: string; readonly address: string; readonly port: number }
}

/** One trial to run. */
export interface TrialOrder {
  readonly path: string
  readonly kind: 'flood' | 'pingpong' | 'paced'
  readonly payloadBytes: number
  readonly packets: number
  /** The first so many are sent and counted, and enter no histogram. */
  readonly leadPackets?: number
  readonly ratePps?: number
}

export type Command =
  | {
      readonly command: 'open'
      readonly senderCpu: number
      readonly receiverCpu: number
      readonly receiver: Receiver
      readonly paths: readonly PathSockets[]
    }
  | { readonly command: 'block'; readonly trials: readonly TrialOrder[] }
  | { readonly command: 'bpfStats'; readonly enabled: boolean }
  | { readonly command: 'close' }
