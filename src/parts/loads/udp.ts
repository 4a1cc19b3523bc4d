/** What all loads of UDP packets share: their words in a scenario file, and what the generator says of their trials. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { mostPayloadBytes } from '../ip-address.ts'
import { noTraffic } from '../traffic.ts'
import { whole } from '../words.ts'
import type { Load } from './load.ts'
import type { TrialResult } from './trial-result.ts'

/** What the measurement header takes. */
export const leastPayloadBytes = 32
const most = mostPayloadBytes(4)
export const payloadBytes = z
  .int(`a payload of ${leastPayloadBytes} to ${most} bytes`)
  .min(
    leastPayloadBytes,
    `a payload of at least ${leastPayloadBytes} bytes, which hold the measurement header`,
  )
  .max(most, `a payload of at most ${most} bytes, one Ethernet frame`)
  .describe('Bytes of UDP payload in each packet.')
export const mostPackets = 1_000_000
/** The fastest that is offered, packets/s: what a trial of a second holds. */
export const highestPps = mostPackets
const rates = `1 to ${highestPps} packets a second`
export const packets = whole('1 to 1000000 packets', 1, mostPackets).describe('Packets in a trial.')
export const ratePps = z.number(rates).min(1, rates).max(highestPps, rates).describe('Packets a second.')

/** How the generator can send: all at once, one at a time and each answered, on a schedule. */
export type UdpPattern = 'flood' | 'pingpong' | 'paced'

/** What the generator is asked for. */
export interface UdpOrder {
  readonly kind: UdpPattern
  readonly payloadBytes: number
  readonly packets: number
  readonly ratePps?: number
  /** flood: how packets are handed to the kernel; by sockets where it is missing. */
  readonly engine?: string
  /** flood: where packets are taken; from sockets where it is missing. */
  readonly sink?: string
}

/** What the generator says of every trial. udpgen/protocol.h says what the figures mean. */
export const answerFields = {
  path: z.string(),
  startNs: count,
  durationNs: count,
  sent: count,
  received: count,
  lost: count,
  reordered: count,
  duplicated: count,
  /** Arrived with other content than was sent. */
  corrupted: count,
  /** Came to another server than the one called, to another flow's client, or back to the client. */
  misdirected: count,
  /** Packets of earlier trials that came once those were over: copies, or what they took for lost. */
  strays: count,
  /** Packets that the kernel received on the sender's CPU and on others, at every device on the way. */
  senderCpuPackets: count,
  otherCpuPackets: count,
  /** Different packets that came to each server, in the order of the servers; of a ping-pong, requests. */
  receivedByServer: z.array(count),
  /** Flows known to be on each server when the trial was over, since the path was opened. */
  flowsByServer: z.array(count),
  /** Packets, duplicates too, that came to another server than their flow's first since the path was opened. */
  movedPackets: count,
  senderCpuNs: count,
  receiverCpuNs: count,
  senderPreempted: count,
  receiverPreempted: count,
  /** Why the trial ended early: the kernel accepted no packet for a while. */
  sendError: z.string().optional(),
}

export type UdpAnswer = z.infer<z.ZodObject<typeof answerFields>>

/** Fields of the record of every trial of UDP packets. */
export const udpFields = {
  reordered: count,
  duplicated: count,
  /** Packets that the kernel received on other CPUs than the sender's (/proc/net/softnet_stat): work that senderCpuNs does not have. */
  otherCpuPackets: count,
  /** Packets that the kernel received on the sender's CPU, over all devices on the way. */
  senderCpuPackets: count,
  senderCpuNs: nanoseconds,
  receiverCpuNs: nanoseconds,
  /** Involuntary context switches of the sender's and the receiver's thread. */
  senderPreempted: count,
  receiverPreempted: count,
  /** Where there are several servers: packets that each received. */
  receivedByServer: z.array(count),
  /** Packets that came to another server than their flow's first. */
  movedPackets: count,
  /** Why the trial ended early: the kernel accepted no packet for a while. */
  sendError: z.string(),
}

/** A load that the generator runs. */
export interface UdpLoad<Trial = unknown, Own = unknown> extends Load<Trial> {
  readonly driver: 'udpgen'
  /** What the generator says of its trials beside what it says of all. */
  readonly answer: z.ZodType<Own>
  order(trial: Trial): UdpOrder
  /** What came of a trial. */
  read(answer: UdpAnswer & Own): TrialResult
}

/** What came of a trial, by all that the generator said of it. */
export const readAnswer = <Own>(
  load: Pick<UdpLoad<never, Own>, 'answer' | 'read'>,
  said: UdpAnswer,
): TrialResult => load.read({ ...said, ...load.answer.parse(said) })

/** Of loads whose packets are timed. */
export const timedLossWords = 'packets lost in ping-pong and paced trials'

/** What all loads of UDP packets have in common. */
export const udpLoad = { driver: 'udpgen', tools: [], counted: 'packets' } as const

/**
 * What came of a trial whose packets go one way.
 *
 * @param own fields of its record beside those of every trial of UDP packets
 */
export function readOneWay(kind: string, answer: UdpAnswer, own: TrialResult['fields'] = {}): TrialResult {
  const { path, startNs, durationNs, sent, received, lost, strays } = answer
  const { corrupted, duplicated, misdirected, reordered, movedPackets } = answer
  return {
    ...{ path, kind, startNs, durationNs, sent, received, lost, strays },
    isRefused: answer.sendError !== undefined,
    fields: { ...recordFields(answer), ...own },
    reported: {},
    histograms: [],
    traffic: { ...noTraffic, requestsSent: sent, requestsReceived: received, moved: movedPackets },
    delivery: { sent, received, lost, corrupted, duplicated, misdirected, reordered },
    byServer: { received: answer.receivedByServer, flows: answer.flowsByServer },
  }
}

function recordFields(answer: UdpAnswer): TrialResult['fields'] {
  const { reordered, duplicated, senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted } = answer
  const { sendError, receivedByServer, movedPackets } = answer
  const { corrupted, misdirected, senderCpuPackets, otherCpuPackets } = answer
  return {
    ...{ reordered, duplicated, corrupted, misdirected },
    ...{ senderCpuPackets, otherCpuPackets },
    ...{ senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted },
    ...(sendError === undefined ? {} : { sendError }),
    ...(receivedByServer.length > 1 ? { receivedByServer, movedPackets } : {}),
  }
}
