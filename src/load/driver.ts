/** What drives load over live paths: one interface, whatever the load is made of. */
import type { DriverName } from '../parts/loads/load.ts'
import type { LoadTrial } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { Traffic } from '../parts/traffic.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { NamespaceFile } from '../topology/plan.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { Step } from '../topology/steps.ts'
import type { Generator, GeneratorPlacement } from './generator.ts'
import type { Drained } from './answers.ts'
import type { LiveFrames } from './protocol.ts'

/** A trial to run on a path. */
export interface PlannedTrial {
  readonly path: PlannedPath
  readonly trial: LoadTrial
  /** Of a paced trial: packets that have not left so long after the schedule's end are not sent, ns. */
  readonly graceNs?: number
}

/** Trials that follow each other and are run by the same driver. */
export interface TrialBatch {
  readonly driver: DriverName
  readonly trials: readonly PlannedTrial[]
}

/** A path in a block. */
export interface PlannedPath {
  readonly name: string
  /** Whether packets of it may be lost. */
  readonly mayLose: boolean
}

/** What came of asking a path for an answer. */
export interface Asked {
  readonly traffic: Traffic
  /** In words, where it did not answer. */
  readonly reason: string | undefined
  /** Round trips by the size of their packets, where the driver sends packets of its own: why they got lost can be told. */
  readonly sizes?: readonly AskedSize[]
}

export interface AskedSize {
  readonly payloadBytes: number
  readonly sent: number
  readonly answered: number
}

/** Every method throws BenchError `failed` if what it drives cannot be run. */
export interface Driver {
  /** How often a path is asked that does not answer at once. */
  readonly tries: number
  /** Whether what it sends has its checksums left to devices, also where it asks. */
  readonly leavesChecksums: boolean
  /** Opens the ends of paths that are up, and closes those of before. */
  readonly open: (paths: readonly ScenarioPath[]) => Promise<void>
  /** Asks a path once for answers to every kind and size of its trials among `load`. */
  readonly ask: (path: ScenarioPath, load: readonly LoadTrial[]) => Promise<Asked>
  /** Runs trials back to back, in this order. */
  readonly run: (trials: readonly PlannedTrial[]) => Promise<readonly TrialResult[]>
  /** Adds to the result of a trial what can be looked at only once no trial is under way. */
  readonly complete: (result: TrialResult) => Promise<TrialResult>
  /** What waited in its sockets when no trial was under way, by path; of paths that share them, under the name of all. */
  readonly drain: () => Promise<readonly Drained[]>
  /** Closes the ends of all paths. */
  readonly close: () => Promise<void>
}

/** What drivers are started with. */
export interface DriverTools {
  readonly sandbox: Sandbox
  readonly generator: Generator
  readonly scenario: Pick<Scenario, 'client' | 'load' | 'place'>
  readonly placement: GeneratorPlacement
  /** Where an engine sends by a program: its pins. */
  readonly liveFrames?: LiveFrames
}

/** A path whose servers are to be started. */
export interface ServedPath {
  readonly path: ScenarioPath
  readonly fileOf: NamespaceFile
  /** The CPU of the servers, if one in particular. */
  readonly serverCpu?: number | undefined
}

/** A kind of driver. */
export interface DriverKind {
  readonly start: (tools: DriverTools) => Driver
  /** The steps that start what serves a path, beside the driver itself. */
  readonly serverSteps: (path: ServedPath, load: readonly LoadTrial[]) => Step[]
  /** The steps that end it, on paths by name. */
  readonly endSteps: (paths: readonly string[], load: readonly LoadTrial[]) => Step[]
}
