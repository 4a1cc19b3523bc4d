/** What all loads of TCP share: their words in a scenario file, and what the generator says of their trials. */
import { z } from 'zod'
import { count, nanoseconds } from '../figures.ts'
import { noTraffic } from '../traffic.ts'
import { whole } from '../words.ts'
import type { Load } from './load.ts'
import type { TrialResult } from './trial-result.ts'
import { type UdpAnswer } from './udp.ts'

/** What a socket may be told, in a scenario file. */
export const socketSettings = {
  congestion: z
    .string()
    .regex(/^\w{1,15}$/, 'the name of a congestion control, as in cubic')
    .optional()
    .describe(
      'Congestion control, as the kernel calls it; else that of the namespace, as a new one has the machine’s. One that paces (bbr) settles in no trial of some ms.',
    ),
  mssBytes: whole('an MSS of 88 to 32767 bytes', 88, 32_767)
    .optional()
    .describe('The largest segment (TCP_MAXSEG); else what the route has.'),
  noDelay: z.boolean().default(true).describe('Sends small pieces at once (TCP_NODELAY): no Nagle.'),
  quickAck: z.boolean().default(false).describe('Acknowledges at once (TCP_QUICKACK).'),
  busyPollUs: whole('0 to 1000000 µs', 0, 1_000_000)
    .default(0)
    .describe('How long receive calls poll the device, µs (SO_BUSY_POLL); veth has nothing to poll.'),
}

/** What sockets are told, as the generator wants it. */
export interface SocketSettings {
  readonly congestion?: string | undefined
  readonly mssBytes?: number | undefined
  readonly noDelay: boolean
  readonly quickAck: boolean
  readonly busyPollUs: number
}

export const connections = whole('1 to 64 connections', 1, 64)
export const messageBytes = (words: string) =>
  z
    .int('32 to 65536 bytes')
    .min(32, 'at least 32 bytes, which hold the measurement header')
    .max(65_536, 'at most 65536 bytes')
    .describe(words)

/** TCP connections that stay open from trial to trial; 0 where each trial opens its own. */
export interface TcpPool extends SocketSettings {
  /** Streams are sent without a copy. */
  readonly zerocopy?: true
  readonly connections: number
}

/** What the generator is asked for, but for the path and the pool. */
export interface TransactionsOrder {
  readonly kind: 'tcp-rr' | 'tcp-crr'
  readonly transactions: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly leadTransactions?: number
  readonly rateTps?: number
}

export interface StreamOrder {
  readonly kind: 'tcp-stream'
  readonly bytes: number
  /** Those at the start that are not timed. */
  readonly leadBytes: number
  readonly sendBytes: number
  readonly direction: 'up' | 'down'
}

export type TcpOrder = TransactionsOrder | StreamOrder

/** One way over the path. Packets carry many segments where devices segment and merge: of them only bounds are known. */
const way = z.object({
  segments: count,
  retransmitted: count,
  /** Segments that came more often than they were sent, by what the other end acknowledged (DSACK). */
  duplicated: count,
  packetsLeast: count,
  packetsMost: count,
  windowSegments: count,
  smoothedRttNs: count,
})

/** What the generator says of every trial of TCP, beside what it says of all. */
export const tcpAnswerFields = {
  /** From the client to the servers, and back. */
  forth: way,
  back: way,
  /** What ended the trial early. */
  tcpError: z.string().optional(),
}

export type TcpAnswer = UdpAnswer & z.infer<z.ZodObject<typeof tcpAnswerFields>>

/** Fields of the record of every trial of TCP. */
export const tcpFields = {
  otherCpuPackets: count,
  senderCpuPackets: count,
  senderCpuNs: nanoseconds,
  receiverCpuNs: nanoseconds,
  senderPreempted: count,
  receiverPreempted: count,
  /** Segments that both ends sent (TCP_INFO), acknowledgements and what was sent again included. */
  segments: count,
  /** Of these, sent again: what they carried had got lost, or its acknowledgement was late. */
  retransmitted: count,
  /** Mean congestion window of the sockets that sent requests, or the stream, when the trial was over. */
  windowSegments: count,
  /** Their mean smoothed round-trip time then (RFC 6298, `tcpi_rtt`), which the kernel keeps in whole µs; of tcp-crr, of the last connection. */
  smoothedRttNs: nanoseconds,
  /** Why the trial ended early: a connection died. */
  tcpError: z.string(),
}

/** A load of TCP. */
export interface TcpLoad<Trial = unknown, Own = unknown> extends Load<Trial> {
  readonly driver: 'tcp'
  /** The connections that its trials go over. */
  pool(trial: Trial): TcpPool
  order(trial: Trial): TcpOrder
  /** A short trial, to see whether there is an answer. */
  probe(trial: Trial): TcpOrder
  /** What the generator says of its trials beside what it says of all. */
  readonly answer: z.ZodType<Own>
  /** What came of a trial. */
  read(answer: TcpAnswer & Own): TrialResult
}

/** What all loads of TCP have in common. */
export const tcpLoad = { driver: 'tcp', tools: [], isSaturating: false } as const

const commonSchema = z.object(tcpAnswerFields)

/** What came of a trial of TCP, by all that the generator said of it. */
export const readTcpAnswer = <Own>(
  load: Pick<TcpLoad<never, Own>, 'answer' | 'read'>,
  said: UdpAnswer,
): TrialResult => load.read({ ...said, ...commonSchema.parse(said), ...load.answer.parse(said) })

/** The congestion control that a trial names: its record has it, as rates hang on it. */
export const congestionOf = ({ congestion }: Pick<SocketSettings, 'congestion'>) =>
  congestion === undefined ? {} : { congestion }

/** The connection settings of a trial. */
export const settingsOf = ({
  congestion,
  mssBytes,
  noDelay,
  quickAck,
  busyPollUs,
}: SocketSettings): SocketSettings => ({
  ...congestionOf({ congestion }),
  ...(mssBytes === undefined ? {} : { mssBytes }),
  noDelay,
  quickAck,
  busyPollUs,
})

/** Those settings that are not as they are by default, for behind a trial's line. */
export const settingsText = (settings: SocketSettings): string =>
  [
    ...(settings.congestion === undefined ? [] : [settings.congestion]),
    ...(settings.mssBytes === undefined ? [] : [`MSS ${settings.mssBytes}`]),
    ...(settings.noDelay ? [] : ['Nagle']),
    ...(settings.quickAck ? ['quick ACK'] : []),
    ...(settings.busyPollUs > 0 ? [`busy poll ${settings.busyPollUs} µs`] : []),
  ]
    .map((part) => `, ${part}`)
    .join('')

/** What came of a trial whose requests are answered. @param own fields of its record beside those of all of TCP */
export function readTransactions(
  kind: string,
  answer: TcpAnswer,
  own: TrialResult['fields'] = {},
): TrialResult {
  const { path, startNs, durationNs, sent, received, lost, corrupted, misdirected } = answer
  const { forth, back, tcpError } = answer
  const segments = forth.segments + back.segments
  const retransmitted = forth.retransmitted + back.retransmitted
  return {
    ...{ path, kind, startNs, durationNs, sent, received, lost, strays: 0, isRefused: false },
    ...(tcpError === undefined ? {} : { died: tcpError }),
    fields: { ...recordFields(answer), segments, retransmitted, ...own },
    reported: {},
    histograms: [],
    traffic: {
      ...noTraffic,
      tcp: {
        requests: { least: forth.packetsLeast, most: forth.packetsMost },
        replies: { least: back.packetsLeast, most: back.packetsMost },
      },
    },
    delivery: {
      ...{ sent, received, lost, corrupted, misdirected, reordered: 0 },
      duplicated: forth.duplicated + back.duplicated,
      ...{ compared: received + corrupted, segments, retransmitted },
    },
    byServer: { received: answer.receivedByServer, flows: answer.flowsByServer },
  }
}

function recordFields(answer: TcpAnswer): TrialResult['fields'] {
  const { corrupted, misdirected, senderCpuPackets, otherCpuPackets } = answer
  const { senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted, forth, tcpError } = answer
  return {
    ...{ corrupted, misdirected, senderCpuPackets, otherCpuPackets },
    ...{ senderCpuNs, receiverCpuNs, senderPreempted, receiverPreempted },
    windowSegments: forth.windowSegments,
    smoothedRttNs: forth.smoothedRttNs,
    ...(tcpError === undefined ? {} : { tcpError }),
  }
}
