/**
 * What goes between pathbench and `udpgen`: JSON lines. The generator's own header,
 * udpgen/protocol.h, says what the figures mean; names are the same on both sides.
 */
import { z } from 'zod'
import type { ProgramTypeName } from '../parts/hooks/program-types.ts'
import { count, nanoseconds } from '../parts/figures.ts'
import type { TcpOrder, TcpPool } from '../parts/loads/tcp.ts'
import { answerFields, type UdpOrder } from '../parts/loads/udp.ts'

/** A trial; each kind of load reads the rest of it (src/parts/loads). */
const trialAnswerSchema = z.looseObject(answerFields)
export type TrialAnswer = z.infer<typeof trialAnswerSchema>

const namespaceCountersSchema = z.object({
  /** /proc/net/snmp, netstat, snmp6 and dev, one after the other. */
  text: z.string(),
  /** Further counters of each device by name. */
  devices: z.record(z.string(), z.record(z.string(), z.number())),
})
export type NamespaceCounters = z.infer<typeof namespaceCountersSchema>

/** Texts of the kernel's about the tables that connections fill (src/datapath/connection-tables.ts). */
const namespaceTablesSchema = z
  .object({
    sockets: z.string(),
    timeWaitMax: z.string(),
    tracked: z.string(),
    trackedMax: z.string(),
    tracking: z.string(),
  })
  .partial()
export type NamespaceTables = z.infer<typeof namespaceTablesSchema>

/** A device in a namespace's file. */
export interface DevicePlace {
  readonly namespace: string
  readonly device: string
}

/** In hexadecimal digits: one per CPU for a map that has so many, none where nothing is under the key. */
export type MapValues = readonly string[]

/** A key of a pinned map, in hexadecimal digits. */
export interface MapPlace {
  readonly pin: string
  readonly key: string
}

export const answerSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('ready'),
    protocol: z.literal(6, { error: 'version 6: rebuild udpgen with `bench setup`' }),
    version: z.string(),
    memoryLocked: z.boolean(),
    /** CLOCK_MONOTONIC, s, that every `startNs` counts from: since boot, nanoseconds outgrow JSON's numbers. */
    originS: count,
    /** How long a spinning receiver of a flood leaves its sockets alone after a look that showed packets. */
    floodPauseNs: count,
  }),
  z.object({ event: z.literal('opened'), paths: count }),
  z.object({ event: z.literal('block'), trials: z.array(trialAnswerSchema) }),
  z.object({ event: z.literal('bpfStats'), enabled: z.boolean() }),
  z.object({
    event: z.literal('programCost'),
    /** What the program returned, the same every time. */
    action: count,
    /** Interquartile mean of each batch's runs: of the program, and of the one that does nothing. */
    programNs: z.array(nanoseconds),
    floorNs: z.array(nanoseconds),
  }),
  z.object({ event: z.literal('counters'), namespaces: z.array(namespaceCountersSchema) }),
  z.object({ event: z.literal('tables'), namespaces: z.array(namespaceTablesSchema) }),
  z.object({ event: z.literal('checksums'), changed: z.array(z.boolean()) }),
  z.object({ event: z.literal('mapValues'), values: z.array(z.array(z.string())) }),
  z.object({ event: z.literal('programRuns'), runs: z.array(count) }),
  z.object({
    event: z.literal('drained'),
    paths: z.array(z.object({ path: z.string(), corrupted: count, strays: count })),
  }),
  z.object({
    event: z.literal('fetched'),
    /** Requests that something came back to. */
    answered: count,
    /** Of these: answers that no server of the path sends, compared byte for byte. */
    corrupted: count,
    /** Of these: answers of another server than the one called. */
    misdirected: count,
  }),
  /** Requests that web servers have had in all. */
  z.object({ event: z.literal('served'), requests: count }),
  z.object({
    event: z.literal('connected'),
    /** TCP connections that there were to be, those that both ends found each other over, and those at another server than was called. */
    wanted: count,
    established: count,
    misdirected: count,
    /** Why one was not. */
    error: z.string().nullish(),
  }),
  z.object({ event: z.literal('disconnected') }),
  z.object({ event: z.literal('closed') }),
  z.object({
    event: z.literal('error'),
    command: z.string().nullish(),
    path: z.string().nullish(),
    message: z.string(),
  }),
])
export type Answer = z.infer<typeof answerSchema>

/** What one run of a program costs, ns, a figure a batch. */
export type ProgramCost = Omit<Extract<Answer, { event: 'programCost' }>, 'event'>

/** What waited in a path's sockets when no trial was under way. */
export type Drained = Extract<Answer, { event: 'drained' }>['paths'][number]

/** What came of getting pages over a path. */
export type Fetched = Omit<Extract<Answer, { event: 'fetched' }>, 'event'>

/** What came of opening the TCP connections of a path. */
export type Connected = Omit<Extract<Answer, { event: 'connected' }>, 'event'>

export type Receiver = 'spinning' | 'blocking'

/** An address that packets are sent to. */
export interface Target {
  readonly address: string
  readonly port: number
}

/** Pins of a server's own program that takes packets before its stack, bpf/sink.bpf.c, and of its maps. */
export interface SinkPins {
  readonly program: string
  readonly orders: string
  readonly queue: string
}

/** Where a path's sockets live. Namespaces are files as the generator sees them. */
export interface PathSockets {
  readonly name: string
  /** A socket for every flow, 1 to 1024. */
  readonly client: {
    readonly namespace: string
    readonly flows: number
    /** The folder of a threaded cgroup that its sockets are opened in. */
    readonly cgroup?: string
  }
  /** 1 to 16 addresses, each IPv4 or IPv6: flow f is connected to `targets[f % targets.length]`. */
  readonly targets: readonly Target[]
  /** 1 to 16 sockets, each bound to its address. */
  readonly servers: readonly (Target & { readonly namespace: string; readonly sink?: SinkPins })[]
  /** TCP connections, a pool for each kind of trial; connected by a command of its own. */
  readonly tcp?: readonly TcpPool[]
  /** What floods are sent by, beside sockets. */
  readonly engines?: readonly string[]
}

/** One trial to run. */
export interface TrialOrder extends UdpOrder {
  readonly path: string
  /** The first so many are sent and counted, and enter no histogram. */
  readonly leadPackets?: number
  /** pingpong: how long an answer is waited for, before the next request is sent. */
  readonly timeoutNs?: number
  /** pingpong: packets carry their checksum from the first device on, as over a wire; else that is left to devices. */
  readonly isSummed?: true
  /** For how long packets that are missing at a trial's end are waited for. */
  readonly quietNs?: number
  /** paced: packets that have not left so long after the schedule's end are not sent. */
  readonly graceNs?: number
}

/** One trial of TCP to run. */
export type TcpTrialOrder = TcpOrder & {
  readonly path: string
  /** Which of the path's pools. */
  readonly pool: number
  /** After which a connection on which nothing moves is dead. */
  readonly timeoutNs?: number
}

/** A pinned BPF program to run on a frame by itself, in turn with one of its type that does nothing. */
export interface ProgramCostOrder {
  /** File of the network namespace to run in; null for the generator's own. */
  readonly namespace: string | null
  /** Pins, as the generator sees them. */
  readonly program: string
  readonly floor: string
  readonly type: ProgramTypeName
  /** The device that the frame came by. */
  readonly ifindex: number
  /** From the Ethernet header on, in hexadecimal digits: 14 to 2048 bytes. */
  readonly frame: string
  /** 1 to 1000. */
  readonly batches: number
  /** Of each program in a batch, 1 to 10000. */
  readonly runs: number
}

/** Whose requests to count. */
export interface ServedOrder {
  /** UNIX sockets that the servers listen on. */
  readonly servers: readonly string[]
  /** The page that tells it, as in `/count`: asking for it counts. */
  readonly page: string
}

/** Pages to get over a path with TCP, to be compared with what their servers send. */
export interface FetchOrder {
  /** File of the client's network namespace. */
  readonly namespace: string
  /** The page's path, as in `/page`. */
  readonly page: string
  /** UNIX sockets that the path's servers listen on, too: what they say there is what they send. 1 to 16. */
  readonly servers: readonly string[]
  /** 1 to 16, called in turn; `server` is the number of the one that has the address, from 0, if one alone has. */
  readonly targets: readonly (Target & { readonly server?: number })[]
  /** 1 to 64 connections, which share 1 to 10000 requests. */
  readonly connections: number
  readonly requests: number
  /** For all of them together; what has not been answered then is not. */
  readonly timeoutNs: number
}

/** Pins of the program that sends whole frames, bpf/live-frames.bpf.c, and of its map, as the generator sees them. */
export interface LiveFrames {
  readonly program: string
  readonly map: string
}

export type Command =
  | {
      readonly command: 'open'
      readonly senderCpu: number
      readonly receiverCpu: number
      readonly receiver: Receiver
      readonly liveFrames?: LiveFrames
      readonly paths: readonly PathSockets[]
    }
  | { readonly command: 'block'; readonly trials: readonly (TrialOrder | TcpTrialOrder)[] }
  | { readonly command: 'connect'; readonly path: string; readonly timeoutNs: number }
  | { readonly command: 'disconnect'; readonly path: string }
  | { readonly command: 'bpfStats'; readonly enabled: boolean }
  | ({ readonly command: 'programCost' } & ProgramCostOrder)
  | {
      readonly command: 'counters'
      readonly namespaces: readonly string[]
      /** Whether what drivers count is read too. */
      readonly ethtool: boolean
    }
  | { readonly command: 'tables'; readonly namespaces: readonly string[] }
  | {
      readonly command: 'checksums'
      readonly devices: readonly DevicePlace[]
      readonly computed: boolean
    }
  | { readonly command: 'mapValues'; readonly maps: readonly MapPlace[] }
  | { readonly command: 'programRuns'; readonly programs: readonly string[] }
  | { readonly command: 'drain' }
  | ({ readonly command: 'fetch' } & FetchOrder)
  | ({ readonly command: 'served' } & ServedOrder)
  | { readonly command: 'close' }
