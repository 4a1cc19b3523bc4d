/** What a run is of, what it works with, and what it has come to. */
import type { LoadedProgram } from '../datapath/loader.ts'
import type { BpfObjects } from '../datapath/bpf-objects.ts'
import type { Generator, GeneratorPlacement } from '../load/generator.ts'
import type { ConnectionTables } from '../record/record.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import type { BusyAgent } from './busy-agents.ts'
import type { DeliveryLog } from './delivery-log.ts'
import type { ProgramCosts } from './program-costs.ts'
import type { Progress } from './progress.ts'
import type { ProofLog } from './proof-log.ts'
import type { Samples } from './samples.ts'
import type { RunPlan } from './settings.ts'
import type { ShareLog } from './share-log.ts'
import type { Stopwatch } from './stopwatch.ts'

export interface RunInput {
  readonly scenario: Scenario
  /** Those of the scenario's paths that this kernel can build. */
  readonly paths: readonly ScenarioPath[]
  readonly objects: BpfObjects
  readonly plan: RunPlan
  readonly placement: GeneratorPlacement
  /** This machine's CPU that the sender is on, where the placement has those of a virtual machine. */
  readonly hostCpu?: number
  readonly seed: number
}

export interface RunTools {
  readonly sandbox: Sandbox
  readonly generator: Generator
  readonly progress: Progress
  readonly stopwatch: Stopwatch
  /** Ends the run between two blocks. */
  readonly signal: AbortSignal
  /** Loads what is wanted once all is measured, while other processes build the first topologies. */
  readonly besideFirstBuild: () => Promise<unknown>
  /** Called with the state between two rounds, to be kept. */
  readonly keep: (state: RunState) => void
}

/** What of a run grows with every trial and every round. */
export interface RunResults {
  readonly samples: Samples
  readonly proofs: ProofLog
  readonly deliveries: DeliveryLog
  readonly shares: ShareLog
  /** Of every round. */
  readonly programCosts: readonly ProgramCosts[]
  /** Paths that were left out from some moment on, as they could not be built or did not deliver; and why. */
  readonly leftOut: ReadonlyMap<string, string>
  /** Those of them that were skipped: they lack what the load wants, and nothing of them was measured. */
  readonly unfit: ReadonlySet<string>
  /** Where packets of such paths got lost, hop by hop. */
  readonly diagnoses: ReadonlyMap<string, readonly string[]>
  /** What the kernel counted that speaks against the way that a path tells, and is too little to leave it out. */
  readonly contradictions: ReadonlyMap<string, readonly string[]>
  /** Commands of paths that take a CPU from what is measured beside them. */
  readonly busyAgents: readonly BusyAgent[]
  /** What connections left behind on each path, round by round. */
  readonly tables: ReadonlyMap<string, readonly ConnectionTables[]>
  /** What was loaded for each path, in the order of its programs. */
  readonly programs: ReadonlyMap<string, readonly LoadedProgram[]>
}

/** Why a run ended before its last round, or `no`. */
export type Stopped = 'no' | 'interrupted' | 'time' | 'nothing-left'

/** What a run has come to. */
export interface RunState extends RunResults {
  readonly stopwatch: Stopwatch
  readonly rounds: number
  readonly roundsDone: number
  readonly stopped: Stopped
}
