/** The kinds of load that packets are followed of: what they want of a path, how their trials are ordered, what is read of them. */
import type { TrialAnswer } from '../load/answers.ts'
import type { TcpTrialOrder, TrialOrder } from '../load/protocol.ts'
import { type LoadTrial, loadOf } from '../parts/loads/loads.ts'
import { paced } from '../parts/loads/paced.ts'
import { pingpong } from '../parts/loads/pingpong.ts'
import { readTcpAnswer } from '../parts/loads/tcp.ts'
import { tcpRr } from '../parts/loads/tcp-rr.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { readAnswer } from '../parts/loads/udp.ts'
import type { TracedKind } from '../record/trace.ts'

/** A trial that is traced, or one beside it. */
export interface TracedTrial {
  /** What the path's ends are called. */
  readonly path: string
  readonly packets: number
  readonly payloadBytes: number
  readonly leadPackets: number
  readonly timeoutNs?: number
}

export interface TracedLoad {
  /** What a scenario has that is opened for it. */
  readonly trial: (payloadBytes: number) => LoadTrial
  readonly order: (trial: TracedTrial) => TrialOrder | TcpTrialOrder
  readonly read: (answer: TrialAnswer) => TrialResult
  /** The histogram that the stations of a packet are to add up to: of one way or, of TCP, there and back. */
  readonly delay: string
  /** Whether connections are to be made before trials. */
  readonly isConnected: boolean
}

/** Probes make a packet's way longer: one that is traced is over before the next is due. */
const pacedRatePps = 5000
/** A segment that gets lost is sent again only after 200 ms. */
const connectionTimeoutNs = 300e6

export const tracedLoads: Readonly<Record<TracedKind, TracedLoad>> = {
  pingpong: {
    trial: (payloadBytes) => pingpong.schema.parse({ kind: 'pingpong', payloadBytes }),
    order: (trial) => ({ kind: 'pingpong', ...trial }),
    read: (answer) => readAnswer(pingpong, answer),
    delay: 'forwardNs',
    isConnected: false,
  },
  paced: {
    trial: (payloadBytes) => paced.schema.parse({ kind: 'paced', payloadBytes }),
    order: ({ timeoutNs: _, ...trial }) => ({ kind: 'paced', ratePps: pacedRatePps, ...trial }),
    read: (answer) => readAnswer(paced, answer),
    delay: 'pacedForwardUncorrectedNs',
    isConnected: false,
  },
  'tcp-rr': {
    trial: (payloadBytes) => tcpRr.schema.parse(messages(payloadBytes)),
    order: ({ path, packets, payloadBytes, leadPackets, timeoutNs = 0 }) => ({
      ...messages(payloadBytes),
      ...{ path, pool: 0, transactions: packets, timeoutNs: Math.max(connectionTimeoutNs, timeoutNs) },
      ...(leadPackets === 0 ? {} : { leadTransactions: leadPackets }),
    }),
    read: (answer) => readTcpAnswer(tcpRr, answer),
    delay: 'tcpRrNs',
    isConnected: true,
  },
}

const messages = (bytes: number) => ({ kind: 'tcp-rr', requestBytes: bytes, responseBytes: bytes }) as const

/** What is traced where nobody says: round trips of what the scenario sends. */
export const usualKind = (load: readonly LoadTrial[]): TracedKind =>
  load.some(({ kind }) => loadOf(kind).driver === 'udpgen') ? 'pingpong' : 'tcp-rr'
