/**
 * A run: rounds of topologies built afresh, in each of them blocks of trials in random order, and
 * the proof of every path. This is the only place that knows their order.
 */
import { setTimeout } from 'node:timers/promises'
import { diagnose } from '../datapath/diagnosis.ts'
import type { LoadedProgram } from '../datapath/loader.ts'
import type { BpfObjects } from '../datapath/object.ts'
import type { BenchError } from '../host/errors.ts'
import { readIfThere } from '../host/kernel-file.ts'
import { activityBetween, readMachineTime } from '../host/machine-time.ts'
import type { Driver } from '../load/driver.ts'
import { startDrivers } from '../load/drivers.ts'
import type { Generator, GeneratorPlacement } from '../load/generator.ts'
import type { Drained } from '../load/protocol.ts'
import { planBlock } from '../load/schedule.ts'
import type { DriverName } from '../parts/loads/load.ts'
import type { TrialResult } from '../parts/loads/trial-result.ts'
import { metrics } from '../results/metrics.ts'
import type { Scenario, ScenarioPath } from '../scenario/scenario.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { logRatiosOf } from '../stats/log-ratios.ts'
import { roundsNeeded } from '../stats/rounds-needed.ts'
import type { Sandbox } from '../topology/sandbox.ts'
import { brokenReason } from './broken-reason.ts'
import { DeliveryLog } from './delivery-log.ts'
import { buildPaths, removePaths } from './live-paths.ts'
import { probeCounts, probePaths } from './probe.ts'
import { ProgramCostMeter, type ProgramCosts } from './program-costs.ts'
import type { Progress } from './progress.ts'
import { ProofLog } from './proof-log.ts'
import { type PathCounters, startCounting } from './round-counters.ts'
import { Samples } from './samples.ts'
import { type RunPlan, shareDone } from './settings.ts'
import { ShareLog } from './share-log.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { TrialPlace } from './trial-records.ts'
import { valuesByRound } from './values.ts'

export interface RunInput {
  readonly scenario: Scenario
  /** Those of the scenario's paths that this kernel can build. */
  readonly paths: readonly ScenarioPath[]
  readonly objects: BpfObjects
  readonly plan: RunPlan
  readonly placement: GeneratorPlacement
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

/** So soon those that build have their orders, and are at work. */
const orderedWithinMs = 10

/** What a run has come to; grows with every round. */
export interface RunState {
  readonly samples: Samples
  readonly proofs: ProofLog
  readonly deliveries: DeliveryLog
  readonly shares: ShareLog
  /** Of every round. */
  readonly programCosts: readonly ProgramCosts[]
  readonly stopwatch: Stopwatch
  /** Paths that were left out from some moment on, as they could not be built or did not deliver; and why. */
  readonly leftOut: ReadonlyMap<string, string>
  /** Where packets of such paths got lost, hop by hop. */
  readonly diagnoses: ReadonlyMap<string, readonly string[]>
  /** What was loaded for each path, in the order of its programs. */
  readonly programs: ReadonlyMap<string, readonly LoadedProgram[]>
  readonly rounds: number
  readonly roundsDone: number
  readonly stopped: 'no' | 'interrupted' | 'time' | 'nothing-left'
}

/** Runs a scenario's rounds. What was measured until an interruption or error is in the last state. */
export class Run {
  readonly #input: RunInput
  readonly #tools: RunTools
  readonly #random: () => number
  readonly #samples = new Samples()
  readonly #proofs = new ProofLog()
  readonly #deliveries: DeliveryLog
  readonly #shares: ShareLog
  readonly #programCosts: ProgramCosts[] = []
  readonly #programCostMeter: ProgramCostMeter
  readonly #drivers: ReadonlyMap<DriverName, Driver>
  readonly #leftOut = new Map<string, string>()
  readonly #diagnoses = new Map<string, readonly string[]>()
  readonly #programs = new Map<string, readonly LoadedProgram[]>()
  #rounds: number
  #roundsDone = 0
  #stopped: RunState['stopped'] = 'no'

  constructor(input: RunInput, tools: RunTools) {
    this.#input = input
    this.#tools = tools
    this.#random = randomSource(input.seed)
    this.#deliveries = new DeliveryLog(input.paths)
    this.#programCostMeter = new ProgramCostMeter({ ...tools, objects: input.objects })
    this.#drivers = startDrivers({ ...tools, scenario: input.scenario, placement: input.placement })
    const hasConnections = input.plan.load.some((trial) => 'connections' in trial)
    this.#shares = new ShareLog(input.scenario.client.namespace, hasConnections)
    this.#rounds = input.plan.rounds
  }

  get state(): RunState {
    return {
      samples: this.#samples,
      proofs: this.#proofs,
      deliveries: this.#deliveries,
      shares: this.#shares,
      programCosts: this.#programCosts,
      stopwatch: this.#tools.stopwatch,
      leftOut: this.#leftOut,
      diagnoses: this.#diagnoses,
      programs: this.#programs,
      rounds: this.#rounds,
      roundsDone: this.#roundsDone,
      stopped: this.#stopped,
    }
  }

  /** Runs all rounds. @throws BenchError when something fails; `state` stays readable. */
  async measure(): Promise<void> {
    while (this.#roundsDone < this.#rounds && !this.#shouldStop()) {
      await this.#measureRound(this.#roundsDone).catch((error: unknown) => {
        this.#samples.dropRound(this.#roundsDone)
        throw error
      })
      if (this.#roundsDone === this.#input.plan.rounds) this.#planFromPilot()
    }
  }

  async #measureRound(round: number): Promise<void> {
    const { sandbox, generator } = this.#tools
    const { scenario, objects, placement, plan } = this.#input
    this.#enter('build', `round ${round + 1}`)
    const { load } = plan
    const wanted = this.#remaining(this.#input.paths)
    // With h2load on one CPU: across two, when which of them sleeps is for chance to say, and rates vary
    // twice as much from trial to trial.
    const parts = { objects, load, serverCpu: placement.senderCpu }
    const [built] = await Promise.all([buildPaths(sandbox, wanted, parts), this.#besideBuild(round)])
    // A Ctrl-C reaches tools that have just been started: what failed by that is no fault of a path's.
    const isInterrupted = this.#shouldStop()
    if (!isInterrupted) for (const [name, error] of built.failures) this.#leaveOut(name, reasonOf(error))
    for (const [name, { programs }] of built.sites) this.#programs.set(name, programs)
    const paths = wanted.filter(({ name }) => !built.failures.has(name))
    if (isInterrupted || this.#stopped === 'nothing-left') {
      await removePaths(sandbox, paths, load)
      return
    }
    await this.#open(paths)
    this.#enter('probe')
    const endWatch = await this.#programCostMeter.watch(paths, built.sites)
    const client = scenario.client.namespace
    const tools = { generator, sandbox, objects, drivers: this.#drivers, client }
    let standing = paths
    const takeDown = async (dead: ScenarioPath): Promise<void> => {
      standing = standing.filter((path) => path !== dead)
      // Sockets hold their namespaces.
      await this.#close()
      await removePaths(sandbox, [dead], load)
      await this.#open(standing)
    }
    for (const { path, reason, findings, diagnosis } of await probePaths(tools, paths, load, takeDown)) {
      this.#proofs.addFindings(path.name, findings)
      if (reason === undefined) continue
      this.#diagnoses.set(path.name, diagnosis)
      this.#leaveOut(path.name, reason)
    }
    const evidences = await endWatch(standing)
    if (standing.length === 0) return
    const alive = this.#remaining(standing)
    this.#programCosts.push(...(await this.#programCostMeter.measure(alive, built.sites, evidences)))
    this.#proofs.startRound()
    await this.#drain()
    const stopCounting = await startCounting(tools, alive)

    await this.#measureBlocks(round, alive)

    this.#enter('proof')
    for (const drained of await this.#drain()) this.#deliveries.addDrained(drained)
    const counted = await stopCounting()
    for (const path of alive) {
      const counters = counted.get(path.name) ?? new Map()
      this.#shares.endRound(path, counters)
      this.#proofs.endRound(path, counters)
      this.#leaveOutIfBroken(path)
      this.#diagnose(path, counters)
    }
    this.#samples.endRound(round)
    this.#enter('teardown')
    await this.#close()
    await removePaths(sandbox, standing, load)
    if (this.#stopped === 'no') this.#roundsDone += 1
    this.#stopIfNothingIsLeft()
  }

  async #open(paths: readonly ScenarioPath[]): Promise<void> {
    for (const driver of this.#drivers.values()) await driver.open(paths)
  }

  async #close(): Promise<void> {
    for (const driver of this.#drivers.values()) await driver.close()
  }

  /** What waited at the ends of paths when no trial was under way. */
  async #drain(): Promise<readonly Drained[]> {
    const drained: Drained[] = []
    for (const driver of this.#drivers.values()) drained.push(...(await driver.drain()))
    return drained
  }

  /** What pathbench itself does while other processes build, so that it takes no time of its own. */
  async #besideBuild(round: number): Promise<void> {
    await setTimeout(orderedWithinMs)
    if (round === 0) await this.#tools.besideFirstBuild()
    else this.#tools.keep(this.state)
  }

  /** Those that have not been left out. */
  #remaining(paths: readonly ScenarioPath[]): ScenarioPath[] {
    return paths.filter(({ name }) => !this.#leftOut.has(name))
  }

  /**
   * Leaves a path out from now on: whatever it does further is of no use, and may take long. Where it is said again,
   * at the end of the round, the reason holds what the kernel's counters add.
   */
  #leaveOut(name: string, reason: string): void {
    this.#leftOut.set(name, reason)
    this.#deliveries.leaveOut(name)
    this.#stopIfNothingIsLeft()
  }

  #stopIfNothingIsLeft(): void {
    if (this.#stopped === 'no' && !hasSomethingToCompare(this.#remaining(this.#input.paths)))
      this.#stopped = 'nothing-left'
  }

  /** Tells where packets of a path got lost that was left out meanwhile, by what the kernel counted in the round. */
  #diagnose(path: ScenarioPath, counters: PathCounters): void {
    const traffic = this.#proofs.trafficOf(path.name)
    const isLossy =
      traffic.requestsReceived < traffic.requestsSent || traffic.repliesReceived < traffic.repliesSent
    if (!this.#leftOut.has(path.name) || !isLossy) return
    const { namespace: client } = this.#input.scenario.client
    this.#diagnoses.set(path.name, diagnose(path, counters, { client, ...probeCounts(traffic) }))
  }

  #leaveOutIfBroken(path: ScenarioPath): void {
    const deliveries = this.#deliveries.deliveryOf(path.name)
    const reason = brokenReason(this.#deliveries.judge(path, false), this.#proofs.brokenOf(path, deliveries))
    if (reason !== undefined) this.#leaveOut(path.name, reason)
  }

  async #measureBlocks(round: number, paths: readonly ScenarioPath[]): Promise<void> {
    const { plan } = this.#input
    for (let block = 0; !this.#shouldStop(); block += 1) {
      const isWarmup = block < plan.warmupBlocks
      this.#enter(isWarmup ? 'warmup' : 'measuring')
      const remaining = this.#remaining(paths)
      await this.#measureBlock({ round, block, warmup: isWarmup }, remaining)
      for (const path of remaining) this.#leaveOutIfBroken(path)
      const share = shareDone(plan, { round, blocksDone: block + 1, spentS: this.#spentS() })
      this.#tools.progress.block({
        round: round + 1,
        rounds: this.#rounds,
        share: Math.max(0, Math.min(1, share)),
        elapsedS: this.#tools.stopwatch.elapsedS(),
      })
      if (share >= 1) return
    }
  }

  async #measureBlock(
    place: Pick<TrialPlace, 'round' | 'block' | 'warmup'>,
    paths: readonly ScenarioPath[],
  ): Promise<void> {
    const stretches = planBlock(
      paths.map(({ name, allows }) => ({ name, mayLose: (allows.lossRatio ?? 0) > 0 })),
      this.#input.plan.load,
      (items) => shuffled(items, this.#random),
    )
    const before = readMachineTime()
    const startNs = Number(process.hrtime.bigint())
    const ran: { readonly driver: Driver; readonly result: TrialResult }[] = []
    for (const { driver: name, trials } of stretches) {
      const driver = this.#drivers.get(name)!
      ran.push(...(await driver.run(trials)).map((result) => ({ driver, result })))
    }
    const durationNs = Number(process.hrtime.bigint()) - startNs
    const activity = activityBetween(before, readMachineTime())
    this.#samples.addBlock({
      ...{ ...place, startNs, durationNs, ...activity },
      frequencyMHz: frequencyMHz(this.#input.placement.senderCpu),
    })
    for (const [position, { driver, result }] of ran.entries()) {
      const trial = await driver.complete(result)
      this.#samples.addTrial(trial, { ...place, position })
      this.#proofs.addTraffic(trial.path, trial.traffic)
      this.#deliveries.addTrial(trial)
      this.#shares.addTrial(trial)
    }
  }

  /** Fixes the number of rounds that reach the wanted precision, from the spread of those measured. */
  #planFromPilot(): void {
    const { precision } = this.#input.plan
    if (precision === null) return
    const needed = this.#comparedValues().map((rounds) =>
      roundsNeeded({ rounds, precision, random: randomSource(this.#input.seed) }),
    )
    this.#rounds = Math.max(this.#rounds, ...needed.map((rounds) => rounds ?? 0))
  }

  /** Log-ratios to the baseline by round, of throughput or, where nothing floods, of the first metric there is. */
  #comparedValues(): (readonly number[])[][] {
    const { paths, plan } = this.#input
    const metric = metrics.find(({ load }) => plan.load.some(({ kind }) => kind === load))
    const baseline = paths.find(({ role }) => role === 'baseline')
    if (metric === undefined || baseline === undefined) return []
    const baselineRounds = valuesByRound(this.#samples, baseline.name, metric)
    return paths
      .filter((path) => path.role === 'candidate' || path.role === 'control')
      .map(({ name }) =>
        valuesByRound(this.#samples, name, metric).map((values, round) =>
          logRatiosOf({ path: values, baseline: baselineRounds[round] ?? [] }),
        ),
      )
  }

  /** Whether the run ends before this round does: once it is so, it stays so. */
  #shouldStop(): boolean {
    if (this.#stopped === 'no' && this.#tools.signal.aborted) this.#stopped = 'interrupted'
    // A slow spell may lengthen a run by a tenth, not by more; a quick one, which it hits harder, by a half.
    const longestS = this.#input.plan.maxTimeS * (this.#input.plan.quick ? 1.5 : 1.1)
    if (this.#stopped === 'no' && this.#spentS() > longestS) this.#stopped = 'time'
    return this.#stopped !== 'no'
  }

  /** Seconds spent on blocks. */
  #spentS(): number {
    return this.#tools.stopwatch.secondsIn('measuring') + this.#tools.stopwatch.secondsIn('warmup')
  }

  #enter(phase: Parameters<Stopwatch['enter']>[0], detail?: string): void {
    this.#tools.stopwatch.enter(phase)
    this.#tools.progress.phase(phase, detail)
  }
}

const reasonOf = ({ message, hint }: BenchError): string =>
  hint === undefined ? message : `${message} (${hint})`

const hasSomethingToCompare = (paths: readonly ScenarioPath[]): boolean =>
  paths.some(({ role }) => role === 'baseline') && paths.some(({ role }) => role === 'candidate')

/** What a CPU runs at now, or null where the kernel does not say. */
function frequencyMHz(cpu: number): number | null {
  const kHz = readIfThere(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_cur_freq`)
  return kHz === '' ? null : Number(kHz) / 1000
}
