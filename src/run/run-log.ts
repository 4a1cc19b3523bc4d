/** Takes down what a run comes to, and which paths are left out of it. */
import { diagnose } from '../datapath/diagnosis.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import type { ScenarioPath } from '../scenario/scenario.ts'
import { brokenReason } from './broken-reason.ts'
import { DeliveryLog } from './delivery-log.ts'
import { probeCounts, type ProbeResult } from './probe.ts'
import type { ProgramCosts } from './program-costs.ts'
import { ProofLog } from './proof-log.ts'
import type { PathCounters } from './round-counters.ts'
import type { RunInput, RunResults } from './run-state.ts'
import { Samples } from './samples.ts'
import { ShareLog } from './share-log.ts'
import type { TrialPlace } from './trial-records.ts'

export class RunLog implements RunResults {
  readonly samples = new Samples()
  readonly proofs = new ProofLog()
  readonly deliveries: DeliveryLog
  readonly shares: ShareLog
  readonly programCosts: ProgramCosts[] = []
  readonly leftOut = new Map<string, string>()
  readonly diagnoses = new Map<string, readonly string[]>()
  readonly programs = new Map<string, readonly LoadedProgram[]>()
  readonly #client: string

  constructor({ scenario, paths, plan }: Pick<RunInput, 'scenario' | 'paths' | 'plan'>) {
    this.#client = scenario.client.namespace
    this.deliveries = new DeliveryLog(paths)
    const hasHttp = plan.load.some(({ kind }) => kind === 'http')
    this.shares = new ShareLog(this.#client, hasHttp)
  }

  /** Those that have not been left out. */
  remaining(paths: readonly ScenarioPath[]): ScenarioPath[] {
    return paths.filter(({ name }) => !this.leftOut.has(name))
  }

  addTrial(trial: TrialResult, place: TrialPlace): void {
    this.samples.addTrial(trial, place)
    this.proofs.addTraffic(trial.path, trial.traffic)
    this.deliveries.addTrial(trial)
    this.shares.addTrial(trial)
  }

  /** Adds what came of probing a path. */
  addProbe({ path, reason, findings, diagnosis }: ProbeResult): void {
    this.proofs.addFindings(path.name, findings)
    if (reason === undefined) return
    this.diagnoses.set(path.name, diagnosis)
    this.leaveOut(path.name, reason)
  }

  /** Ends a round of a path, by what the kernel counted in it. */
  endRound(path: ScenarioPath, counters: PathCounters): void {
    this.shares.endRound(path, counters)
    this.proofs.endRound(path, counters)
    this.leaveOutIfBroken(path)
    this.#diagnose(path, counters)
  }

  /**
   * Leaves a path out from now on: whatever it does further is of no use, and may take long. Where it is said again,
   * at the end of the round, the reason holds what the kernel's counters add.
   */
  leaveOut(name: string, reason: string): void {
    this.leftOut.set(name, reason)
    this.deliveries.leaveOut(name)
  }

  leaveOutIfBroken(path: ScenarioPath): void {
    const deliveries = this.deliveries.deliveryOf(path.name)
    const reason = brokenReason(this.deliveries.judge(path, false), this.proofs.brokenOf(path, deliveries))
    if (reason !== undefined) this.leaveOut(path.name, reason)
  }

  /** Tells where packets of a path got lost that was left out meanwhile, by what the kernel counted in the round. */
  #diagnose(path: ScenarioPath, counters: PathCounters): void {
    const traffic = this.proofs.trafficOf(path.name)
    const isLossy =
      traffic.requestsReceived < traffic.requestsSent || traffic.repliesReceived < traffic.repliesSent
    if (!this.leftOut.has(path.name) || !isLossy) return
    this.diagnoses.set(path.name, diagnose(path, counters, { client: this.#client, ...probeCounts(traffic) }))
  }
}
