/** What `udpgen` is told to do: JSON lines. What it answers is in answers.ts. */
import type { ProgramTypeName } from '../parts/hooks/program-types.ts'
import type { TcpOrder, TcpPool } from '../parts/loads/tcp.ts'
import type { UdpOrder } from '../parts/loads/udp.ts'

/** A device in a namespace's file. */
export interface DevicePlace {
  readonly namespace: string
  readonly device: string
}

/** A key of a pinned map, in hexadecimal digits. */
export interface MapPlace {
  readonly pin: string
  readonly key: string
}

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
