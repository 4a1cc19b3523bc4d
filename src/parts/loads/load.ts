/** What a kind of load is: all there is to say of it, but for the driver that runs it. */
import type { z } from 'zod'
import type { ToolName } from '../../host/tools.ts'
import type { EngineName } from '../engines/engines.ts'
import type { SinkName } from '../sinks/sinks.ts'

/** Which driver runs its trials (src/load/drivers.ts). */
export type DriverName = 'udpgen' | 'tcp' | 'h2load'

/** A trial as a record's settings show it. */
export interface TrialSettings {
  /** Packets, requests, transactions or bytes. */
  readonly packets: number
  readonly payloadBytes?: number | undefined
  readonly ratePps?: number | undefined
  readonly connections?: number | undefined
  /** Of TCP. */
  readonly requestBytes?: number | undefined
  readonly responseBytes?: number | undefined
  readonly rateTps?: number | undefined
  readonly sendBytes?: number | undefined
  readonly direction?: 'up' | 'down' | undefined
  readonly congestion?: string | undefined
  readonly zerocopy?: boolean | undefined
  /** Of a flood. */
  readonly engine?: EngineName | undefined
  readonly sink?: SinkName | undefined
}

/** How much is sent, how much a second, and the key of the scenario file that says so. */
export interface Schedule {
  readonly key: string
  readonly count: number
  readonly rate: number
}

/** What a report knows of the run. */
export interface ReportedRun {
  readonly hasSeveralServers: boolean
  /** A number as the report writes it. */
  readonly count: (value: number) => string
}

/** What is said of a load and of what it sends. */
export interface LoadWords {
  /** Fits before `what`: `the flood's`. */
  readonly whose: string
  /** What is sent. */
  readonly what: string
  /** The same where trials of all kinds stand below each other: `packets of flood trials`. */
  readonly ofTrials: string
  /** What is lost; loads with the same words are judged together. */
  readonly lost: string
  /** What else can become of answers, where only some are looked at. */
  readonly answers?: { readonly corrupted: string; readonly misdirected: string }
  /** How it works, where trials of UDP packets are told of. */
  readonly method?: string
}

export interface Load<Trial = unknown> {
  /** As scenario files and records call it. */
  readonly kind: string
  readonly driver: DriverName
  /** A trial in a scenario file. */
  readonly schema: z.ZodType<Trial>
  /** Fields of a trial's record beside those that all have. */
  readonly fields: z.ZodRawShape
  /** The tools of the system that it wants beyond those of every run. */
  readonly tools: readonly ToolName[]
  /** Whether it sends as fast as the path accepts, so that its counts tell what the path carries. */
  readonly isSaturating: boolean
  /** Whether servers answer it. */
  readonly isAnswered: boolean
  /** Whether each of what it sends has a connection of its own: what these leave behind is told. */
  readonly connectsEachTime?: true
  /**
   * Whether client and servers are processes of other tools: on this machine alone, with sockets of their own, and one for all
   * trials of a path.
   */
  readonly isOfOtherTools?: true
  /** What its counts are of; packets are counted at both ends. */
  readonly counted: 'packets' | 'requests' | 'transactions' | 'bytes'
  readonly words: LoadWords
  /** A trial in a line, without its kind. */
  text(trial: Trial): string
  settings(trial: Trial): TrialSettings
  /** Of trials that send on a schedule, and not as fast as they can. */
  schedule?(trial: Trial): Schedule | undefined
  /** How it works, where it is told of by itself. */
  readonly report?: (trial: TrialSettings, run: ReportedRun) => string | undefined
}
