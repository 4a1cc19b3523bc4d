/** A sweep: a run for each point, live in one sandbox, their rounds in turns of random order. */
import { asBenchError, BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { writeRun } from '../keep/store.ts'
import { pointFolder, sweeps } from '../keep/sweep-store.ts'
import type { RunRecord } from '../record/record.ts'
import type { Sweep, SweepPoint } from '../record/sweep.ts'
import { toolsOf } from '../scenario/tools.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { alone } from './exclusive.ts'
import { givingBack, type Lab, openLab, type Undo } from './lab.ts'
import { LivePoint } from './live-point.ts'
import { NotTakenAway } from './not-taken-away.ts'
import { placementOf } from './placement.ts'
import { prepareRun, type ReadyScenario, readyScenario, type RunOrder } from './prepare-run.ts'
import type { Progress } from './progress.ts'
import {
  isOpen,
  newSweep,
  reasonText,
  reopened,
  requireSameNamespaces,
  type SweepWords,
} from './sweep-state.ts'

export interface SweepInput extends SweepWords {
  /** A sweep that ended early, to be gone on with: its points are those of `points`, in their order. */
  readonly before?: Sweep
  readonly mayWait: boolean
  readonly resultsFolder: string
  readonly progress: Progress
  /** Told when a point is over. */
  readonly pointDone: (point: SweepPoint, record: RunRecord | undefined) => void
  readonly signal: AbortSignal
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (result: SweepResult) => Promise<void>
}

export interface SweepResult {
  readonly sweep: Sweep
  readonly folder: string
}

/**
 * Measures every point of a sweep, and keeps each round as it ends.
 *
 * @throws BenchError if it could not begin
 */
export async function measureSweep(input: SweepInput): Promise<SweepResult> {
  const { points, mayWait, progress, signal } = input
  const [first] = points
  const { scenario, options, cpus } = first!.order
  // Before anything is opened: it may be that they cannot serve.
  placementOf(options, cpus)
  const scenarios = points.map(({ order }) => order.scenario)
  requireSameNamespaces(scenarios)
  requireTools([...new Set(scenarios.flatMap(toolsOf))])
  const measureAlone = async (undo: Undo) => {
    const result = await new SweepSession(input, await openLab(scenarios, undo)).measure()
    await input.afterwards(result)
    return result
  }
  const waiting = { name: scenario.name, mayWait, warn: progress.warning, signal }
  return await alone(waiting, () => givingBack(measureAlone))
}

class SweepSession {
  readonly #input: SweepInput
  readonly #lab: Lab
  readonly #ready = new Map<string, Promise<ReadyScenario>>()
  readonly #started = process.hrtime.bigint()
  /** Those that are not over. */
  readonly #live = new Set<LivePoint>()
  #sweep: Sweep

  constructor(input: SweepInput, lab: Lab) {
    this.#input = input
    this.#lab = lab
    this.#sweep =
      input.before === undefined ? newSweep(input, lab.environment.kernel) : reopened(input.before)
    if (this.#sweep.kernel !== lab.environment.kernel)
      throw new BenchError(
        `Could not go on with ${this.#sweep.sweepId}: it was begun on kernel ${this.#sweep.kernel}, and this is ${lab.environment.kernel}`,
        { trouble: 'usage', hint: 'start it afresh, without --resume' },
      )
  }

  async measure(): Promise<SweepResult> {
    const { signal, seed } = this.#input
    const random = randomSource(seed)
    const isStopped = () => signal.aborted
    try {
      for (const [index, point] of this.#sweep.points.entries())
        if (isOpen(point) && !isStopped()) await this.#open(index)
      this.#write()
      while (this.#live.size > 0 && !isStopped())
        for (const point of shuffled([...this.#live], random))
          if (!isStopped()) await this.#measureRound(point)
      // What finished rounds measured can be read, too, where the sweep ended before the point did.
      for (const point of this.#live)
        if (point.roundsDone > 0) writeRun(this.#resultsOfPoints, point.record(false))
    } finally {
      for (const point of this.#live) await this.#end(point)
    }
    this.#sweep = {
      ...this.#sweep,
      finishedAt: new Date().toISOString(),
      complete: this.#sweep.points.every(({ state }) => state === 'measured' || state === 'skipped'),
    }
    return { sweep: this.#sweep, folder: this.#write() }
  }

  /** Readies a point, and recalls what was measured of it before. */
  async #open(index: number): Promise<void> {
    const { order } = this.#input.points[index]!
    const { runId } = this.#sweep.points[index]!
    try {
      const ready = await this.#readyOf(order)
      const prepared = prepareRun(order, ready, this.#lab, new Date(this.#sweep.startedAt))
      const folder = pointFolder(this.#resultsOfPoints, this.#sweep, runId)
      const recordInput = { ...prepared, runId }
      const point = new LivePoint({ index, recordInput, tools: this.#toolsOf(index), folder })
      this.#live.add(point)
      point.recall()
      this.#count(point)
      if (point.isOver()) await this.#finish(point, 'measured')
    } catch (error) {
      const failure = asBenchError(error)
      // A Ctrl-C reaches tools that have just been started: what failed by that is no fault of the point's.
      if (this.#input.signal.aborted) return
      const state = failure.trouble === 'failed' ? 'failed' : 'skipped'
      this.#set(index, { state, reason: reasonText(failure) })
      this.#input.pointDone(this.#sweep.points[index]!, undefined)
    }
  }

  /** Scenarios that differ in their load alone have the same programs and rules. */
  async #readyOf({ scenario }: RunOrder): Promise<ReadyScenario> {
    const key = JSON.stringify(scenario.paths)
    const known = this.#ready.get(key) ?? readyScenario(scenario)
    this.#ready.set(key, known)
    return await known
  }

  /** @throws NotTakenAway: nobody knows what the namespaces hold now, which further points would be measured in */
  async #measureRound(point: LivePoint): Promise<void> {
    const failure = await point.measureRound().then(() => undefined, asBenchError)
    this.#count(point)
    if (!this.#input.signal.aborted) {
      if (failure !== undefined) await point.clearUp()
      const trouble = failure ?? point.nothingToCompare()
      if (trouble !== undefined) await this.#finish(point, 'failed', reasonText(trouble))
      else if (point.isOver()) await this.#finish(point, 'measured')
    }
    this.#write()
    if (failure instanceof NotTakenAway) throw failure
  }

  /** What is measured of a point, and is to be. */
  #count({ index, roundsDone, rounds }: LivePoint): void {
    this.#set(index, { rounds, ...(roundsDone === 0 ? {} : { state: 'begun', roundsDone }) })
  }

  /** Ends a point: its record is whole from here on. Rounds of one that failed are kept, to go on from. */
  async #finish(point: LivePoint, state: 'measured' | 'failed', reason?: string): Promise<void> {
    const record = point.record(state === 'measured')
    if (record.blocks.length > 0) writeRun(this.#resultsOfPoints, record)
    if (state === 'measured') point.forgetRounds()
    this.#set(point.index, { state, ...(reason === undefined ? {} : { reason }) })
    await this.#end(point)
    this.#input.pointDone(this.#sweep.points[point.index]!, record)
  }

  async #end(point: LivePoint): Promise<void> {
    this.#live.delete(point)
    const failure = await point.end()
    if (failure !== undefined) this.#input.progress.warning(reasonText(failure))
  }

  #toolsOf(index: number) {
    const { progress, signal } = this.#input
    return {
      ...{ sandbox: this.#lab.sandbox, generator: this.#lab.generator, signal },
      progress: {
        ...progress,
        estimates: () => undefined,
        block: ({ share }: { readonly share: number }) => {
          this.#showProgress(index, share)
        },
      },
      besideFirstBuild: () => Promise.resolve(),
      keep: () => undefined,
    }
  }

  /** Rounds of all points together. */
  #showProgress(index: number, share: number): void {
    const counted = this.#sweep.points.filter(({ state }) => state !== 'skipped')
    const done = counted.reduce((sum, point) => sum + point.roundsDone, 0)
    const rounds = counted.reduce((sum, point) => sum + point.rounds, 0)
    const elapsedS = Number(process.hrtime.bigint() - this.#started) / 1e9
    const label = Object.values(this.#sweep.points[index]!.values).join(', ')
    this.#input.progress.block({ round: Math.min(done + 1, rounds), rounds, share, elapsedS, label })
  }

  #set(index: number, change: Partial<SweepPoint>): void {
    this.#sweep = {
      ...this.#sweep,
      points: this.#sweep.points.map((point, place) => (place === index ? { ...point, ...change } : point)),
    }
  }

  #write(): string {
    return sweeps.write(this.#input.resultsFolder, this.#sweep)
  }

  get #resultsOfPoints(): string {
    return sweeps.folderOf(this.#input.resultsFolder, this.#sweep)
  }
}
