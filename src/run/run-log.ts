/** Takes down what a run comes to, and which paths are left out of it. */
import { diagnose } from '../datapath/diagnosis.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import { repairsIn } from '../datapath/tcp-repairs.ts'
import { contradictionsOf, doubtsOf } from '../datapath/way-check.ts'
import type { Drained } from '../load/answers.ts'
import { loadOf } from '../parts/loads/loads.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { BlockRecord, ConnectionTables } from '../record/record.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { brokenReason } from './broken-reason.ts'
import type { BusyAgent } from './busy-agents.ts'
import { DeliveryLog } from './delivery-log.ts'
import { probeCounts, type ProbeResult } from './probe.ts'
import type { ProgramCosts } from './program-costs.ts'
import { ProofLog } from './proof-log.ts'
import type { PathCounters } from './round-counters.ts'
import type { RunInput, RunResults } from './run-state.ts'
import { Samples } from './samples.ts'
import { ShareLog } from './share-log.ts'
import { withFullTables } from './table-words.ts'
import type { TrialPlace } from './trial-records.ts'

/** One thing that a run takes down: plain data, so that it can be kept and told again. */
export type LogEntry =
  | readonly ['trial', TrialResult, TrialPlace]
  | readonly ['block', BlockRecord]
  | readonly ['drained', Drained]
  | readonly ['programs', path: string, readonly LoadedProgram[]]
  | readonly ['costs', readonly ProgramCosts[]]
  | readonly ['probed', path: string, Omit<ProbeResult, 'path'>]
  | readonly ['begin']
  | readonly ['counted', path: string, PathCounters]
  | readonly ['busy', readonly BusyAgent[]]
  | readonly ['tables', path: string, readonly ConnectionTables[]]
  | readonly ['left out', path: string, reason: string]
  | readonly ['looked at', path: string]
  | readonly ['end', round: number]
  | readonly ['drop', round: number]

const entryKinds: Readonly<Record<LogEntry[0], true>> = {
  ...{ trial: true, block: true, drained: true, programs: true, costs: true, probed: true },
  ...{ begin: true, counted: true, busy: true, tables: true },
  ...{ 'left out': true, 'looked at': true, end: true, drop: true },
}

/** Whether a value is of the shape of an entry, as far as its kind tells. */
export const isLogEntry = (value: unknown): boolean =>
  Array.isArray(value) && typeof value[0] === 'string' && Object.hasOwn(entryKinds, value[0])

export class RunLog implements RunResults {
  readonly samples = new Samples()
  readonly proofs = new ProofLog()
  readonly deliveries: DeliveryLog
  readonly shares: ShareLog
  readonly programCosts: ProgramCosts[] = []
  readonly leftOut = new Map<string, string>()
  readonly unfit = new Set<string>()
  readonly diagnoses = new Map<string, readonly string[]>()
  readonly contradictions = new Map<string, readonly string[]>()
  readonly busyAgents: BusyAgent[] = []
  readonly tables = new Map<string, readonly ConnectionTables[]>()
  readonly programs = new Map<string, readonly LoadedProgram[]>()
  readonly #client: string
  readonly #flows: number
  readonly #isOwnPlace: boolean
  readonly #paths: ReadonlyMap<string, ScenarioPath>
  readonly #heard: (entry: LogEntry) => void

  /** @param heard told each entry, before it counts */
  constructor(
    { scenario, paths, plan }: Pick<RunInput, 'scenario' | 'paths' | 'plan'>,
    heard: (entry: LogEntry) => void = () => undefined,
  ) {
    this.#client = scenario.client.namespace
    this.#flows = scenario.client.flows
    this.#isOwnPlace = scenario.place === 'sandbox'
    this.#paths = new Map(paths.map((path) => [path.name, path]))
    this.#heard = heard
    this.deliveries = new DeliveryLog(paths)
    const hasHttp = plan.load.some(({ kind }) => loadOf(kind).isOfOtherTools)
    this.shares = new ShareLog(this.#client, hasHttp)
  }

  /** Those that have not been left out. */
  remaining(paths: readonly ScenarioPath[]): ScenarioPath[] {
    return paths.filter(({ name }) => !this.leftOut.has(name))
  }

  /** Takes an entry down. Entries taken down again in their order come to the same. */
  add(entry: LogEntry): void {
    this.#heard(entry)
    switch (entry[0]) {
      case 'trial':
        this.#addTrial(entry[1], entry[2])
        break
      case 'block':
        this.samples.addBlock(entry[1])
        break
      case 'drained':
        this.deliveries.addDrained(entry[1])
        break
      case 'programs':
        this.programs.set(entry[1], entry[2])
        break
      case 'costs':
        this.programCosts.push(...entry[1])
        break
      case 'probed':
        this.#addProbe(entry[1], entry[2])
        break
      case 'begin':
        this.proofs.startRound()
        break
      case 'counted':
        this.#addCounted(this.#pathNamed(entry[1]), entry[2])
        break
      case 'busy':
        this.busyAgents.push(...entry[1])
        break
      case 'tables':
        this.#addTables(entry[1], entry[2])
        break
      case 'left out':
        this.#leaveOut(entry[1], entry[2])
        break
      case 'looked at':
        this.#leaveOutIfBroken(this.#pathNamed(entry[1]))
        break
      case 'end':
        this.samples.endRound(entry[1])
        break
      case 'drop':
        this.samples.dropRound(entry[1])
    }
  }

  #addTrial(trial: TrialResult, place: TrialPlace): void {
    this.samples.addTrial(trial, place)
    this.countTrial(trial)
  }

  /** Counts the packets of a trial, of which nothing else is kept. */
  countTrial(trial: TrialResult): void {
    this.proofs.addTrial(trial)
    this.deliveries.addTrial(trial)
    this.shares.addTrial(trial)
  }

  /** Adds what came of probing a path. */
  #addProbe(path: string, { reason, isUnfit, findings, diagnosis }: Omit<ProbeResult, 'path'>): void {
    this.proofs.addFindings(path, findings)
    if (reason === undefined) return
    // What has been measured, and then is not where the load takes it, has changed its ways: that is invalid.
    if (isUnfit && !this.samples.trials.some((trial) => trial.path === path)) this.unfit.add(path)
    this.diagnoses.set(path, diagnosis)
    this.#leaveOut(path, reason)
  }

  /** Ends a round of a path, by what the kernel counted in it. */
  #addCounted(path: ScenarioPath, counters: PathCounters): void {
    this.shares.endRound(path, counters)
    if (this.#isOwnPlace) this.deliveries.addRepairs(path.name, repairsIn(counters))
    this.proofs.endRound(path, counters)
    this.#leaveOutIfBroken(path)
    this.#compareWithWay(path, counters)
    this.#diagnose(path, counters)
  }

  /** In namespaces of a run's own all that passes is counted; a card may carry what nobody counts. */
  #compareWithWay(path: ScenarioPath, counters: PathCounters): void {
    const carried = this.proofs.carriedOn(path.name)
    const round = { client: this.#client, flows: this.#flows, carried, counters }
    const found = contradictionsOf(path, round)
    if (this.leftOut.has(path.name)) return
    if (this.#isOwnPlace && found.length > 0)
      this.#leaveOut(path.name, `its packets did not go the way it says: ${found.join(', ')}`)
    const told = found.length > 0 ? found : doubtsOf(path, round)
    if (told.length > 0) this.contradictions.set(path.name, told)
  }

  /** Adds what connections left behind in a round: where a table is full, that is why the path was left out in it. */
  #addTables(path: string, tables: readonly ConnectionTables[]): void {
    this.tables.set(path, [...(this.tables.get(path) ?? []), ...tables])
    const reason = this.leftOut.get(path)
    if (reason !== undefined) this.leftOut.set(path, withFullTables(reason, tables))
  }

  /**
   * Leaves a path out from now on: whatever it does further is of no use, and may take long. Where it is said again,
   * at the end of the round, the reason holds what the kernel's counters add.
   */
  #leaveOut(name: string, reason: string): void {
    this.leftOut.set(name, reason)
    this.deliveries.leaveOut(name)
  }

  #leaveOutIfBroken(path: ScenarioPath): void {
    const deliveries = this.deliveries.deliveryOf(path.name)
    const reason = brokenReason(this.deliveries.judge(path, false), this.proofs.brokenOf(path, deliveries))
    if (reason !== undefined) this.#leaveOut(path.name, reason)
  }

  #pathNamed(name: string): ScenarioPath {
    return this.#paths.get(name)!
  }

  /** Tells where packets of a path got lost that was left out meanwhile, by what the kernel counted in the round. */
  #diagnose(path: ScenarioPath, counters: PathCounters): void {
    const traffic = this.proofs.trafficOf(path.name)
    const missing =
      traffic.requestsSent - traffic.requestsReceived + traffic.repliesSent - traffic.repliesReceived
    // What came spoilt is missing, and got lost nowhere.
    const spoilt = this.deliveries.deliveryOf(path.name).reduce((sum, { corrupted }) => sum + corrupted, 0)
    if (!this.leftOut.has(path.name) || missing <= spoilt) return
    this.diagnoses.set(path.name, diagnose(path, counters, { client: this.#client, ...probeCounts(traffic) }))
  }
}
