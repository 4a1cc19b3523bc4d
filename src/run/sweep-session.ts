/** A sweep: a run for each point, live in one sandbox, their rounds in turns of random order. */
import { randomInt } from 'node:crypto'
import { asBenchError, BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { makeFolder, writeRun } from '../keep/store.ts'
import {
  pointFolder,
  readRounds,
  removeRounds,
  sweepFolder,
  writeRound,
  writeSweep,
} from '../keep/sweep-store.ts'
import type { RunRecord, RunRequest } from '../record/record.ts'
import { type Sweep, type SweepAxis, type SweepPoint, sweepSchemaVersion } from '../record/sweep.ts'
import { toolsOf } from '../scenario/tools.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { analyse } from './analysis.ts'
import { waitForLock } from './exclusive.ts'
import { type Lab, openLab, type Undo } from './lab.ts'
import { prepareRun, type ReadyScenario, readyScenario, type RunOrder } from './prepare-run.ts'
import type { Progress } from './progress.ts'
import { makeRunId, type RecordInput, recordOf } from './record.ts'
import { Run } from './run.ts'
import type { LogEntry } from './run-log.ts'
import { planRun } from './settings.ts'
import { Stopwatch } from './stopwatch.ts'

/** A point as it was asked for. */
export interface PointOrder {
  readonly values: SweepPoint['values']
  readonly order: RunOrder
}

export interface SweepInput {
  readonly axes: readonly SweepAxis[]
  readonly points: readonly PointOrder[]
  /** The scenario's file, before any point's values are set. */
  readonly source: string
  readonly request: RunRequest
  readonly seed: number
  /** A sweep that ended early, to be gone on with: its points are those of `points`, in their order. */
  readonly before?: Sweep
  readonly mayWait: boolean
  readonly resultsFolder: string
  readonly progress: Progress
  /** Told when a point is over. */
  readonly pointDone: (point: SweepPoint, record: RunRecord | undefined) => void
  readonly signal: AbortSignal
  readonly besideFirstBuild: () => Promise<unknown>
  /** What is to be done with the result while nothing else loads the machine. */
  readonly afterwards: (result: SweepResult) => Promise<void>
}

export interface SweepResult {
  readonly sweep: Sweep
  readonly folder: string
}

/** A round as it is kept on disk. */
interface KeptRound {
  readonly entries: readonly LogEntry[]
  /** Of the point so far. */
  readonly spentNs: Readonly<Record<string, number>>
}

/** A point that is being measured. */
interface LivePoint {
  readonly index: number
  readonly run: Run
  readonly stopwatch: Stopwatch
  readonly recordInput: RecordInput
  /** What was taken down in the round under way. */
  entries: LogEntry[]
}

/**
 * Measures every point of a sweep, and keeps each round as it ends.
 *
 * @throws BenchError if it could not begin
 */
export async function measureSweep(input: SweepInput): Promise<SweepResult> {
  const { points, mayWait, progress, signal } = input
  const [first] = points
  const name = first!.order.scenario.name
  requireTools([...new Set(points.flatMap(({ order }) => toolsOf(order.scenario)))])
  makeFolder(input.resultsFolder)
  const lock = await waitForLock({ name, mayWait, warn: progress.warning, signal })
  const undo: Undo = []
  try {
    const result = await new SweepSession(
      input,
      await openLab(
        points.map(({ order }) => order.scenario),
        undo,
      ),
    ).measure()
    await input.afterwards(result)
    return result
  } finally {
    for (const step of undo.toReversed()) await step().catch(() => undefined)
    await lock.release()
  }
}

class SweepSession {
  readonly #input: SweepInput
  readonly #lab: Lab
  readonly #ready = new Map<string, Promise<ReadyScenario>>()
  readonly #started = process.hrtime.bigint()
  #sweep: Sweep
  #isFirstBuild = true

  constructor(input: SweepInput, lab: Lab) {
    this.#input = input
    this.#lab = lab
    this.#sweep = input.before ?? newSweep(input, lab.environment.kernel)
    if (this.#sweep.kernel !== lab.environment.kernel)
      throw new BenchError(
        `Could not go on with ${this.#sweep.sweepId}: it was begun on kernel ${this.#sweep.kernel}, and this is ${lab.environment.kernel}`,
        { trouble: 'usage', hint: 'start it afresh, without --resume' },
      )
  }

  async measure(): Promise<SweepResult> {
    const live: LivePoint[] = []
    for (const [index, point] of this.#sweep.points.entries())
      if (isOpen(point)) live.push(...(await this.#open(index)))
    this.#write()
    const random = randomSource(this.#input.seed)
    while (this.#openOnes(live).length > 0 && !this.#input.signal.aborted)
      for (const point of shuffled(this.#openOnes(live), random))
        if (!this.#input.signal.aborted) await this.#measureRound(point)
    for (const point of live) {
      if (isOpen(this.#sweep.points[point.index]!)) this.#keepUnfinished(point)
      await point.run.end().catch(() => undefined)
    }
    this.#sweep = {
      ...this.#sweep,
      finishedAt: new Date().toISOString(),
      complete: this.#sweep.points.every(({ state }) => state === 'measured' || state === 'skipped'),
    }
    return { sweep: this.#sweep, folder: this.#write() }
  }

  /** Readies a point, and recalls what was measured of it before. @returns nothing where it cannot be built here */
  async #open(index: number): Promise<LivePoint[]> {
    const { order } = this.#input.points[index]!
    const stopwatch = new Stopwatch()
    stopwatch.pause()
    try {
      const { startedAt, runId } = this.#sweep.points[index]!
      const prepared = prepareRun(order, await this.#readyOf(order), this.#lab, new Date(startedAt))
      const recordInput = { ...prepared, runId }
      const point: LivePoint = {
        ...{ index, stopwatch, recordInput, entries: [] },
        run: new Run(recordInput.run, this.#toolsOf(index, stopwatch), (entry) => point.entries.push(entry)),
      }
      this.#recall(point)
      return [point]
    } catch (error) {
      const failure = asBenchError(error)
      this.#set(index, { state: 'skipped', reason: failure.message })
      this.#input.pointDone(this.#sweep.points[index]!, undefined)
      return []
    }
  }

  /** Scenarios that differ in their load alone have the same programs and rules. */
  async #readyOf({ scenario }: RunOrder): Promise<ReadyScenario> {
    const key = JSON.stringify(scenario.paths)
    const known = this.#ready.get(key) ?? readyScenario(scenario)
    this.#ready.set(key, known)
    return await known
  }

  #recall(point: LivePoint): void {
    const rounds = readRounds(this.#folderOf(point)) as KeptRound[]
    for (const { entries } of rounds) point.run.recall(entries)
    point.stopwatch.add(rounds.at(-1)?.spentNs ?? {})
    point.entries = []
    if (rounds.length > 0) this.#set(point.index, { state: 'begun', roundsDone: rounds.length })
  }

  async #measureRound(point: LivePoint): Promise<void> {
    const { index, run, stopwatch } = point
    const round = run.state.roundsDone
    try {
      if (await run.measureRound()) {
        stopwatch.pause()
        const kept: KeptRound = { entries: point.entries, spentNs: stopwatch.spentNs() }
        writeRound(this.#folderOf(point), round, kept)
        this.#set(index, { state: 'begun', roundsDone: round + 1 })
      }
      stopwatch.pause()
      if (!this.#input.signal.aborted && run.isOver()) this.#finish(point, 'measured')
    } catch (error) {
      stopwatch.pause()
      if (this.#input.signal.aborted) return
      this.#finish(point, 'failed', asBenchError(error).message)
    }
    point.entries = []
    this.#write()
  }

  /** Ends a point: its record is whole from here on. */
  #finish(point: LivePoint, state: 'measured' | 'failed', reason?: string): void {
    const record = this.#recordOf(point, state === 'measured')
    if (record.blocks.length > 0) writeRun(this.#resultsOfPoints, record)
    removeRounds(this.#folderOf(point))
    this.#set(point.index, { state, ...(reason === undefined ? {} : { reason }) })
    this.#input.pointDone(this.#sweep.points[point.index]!, record)
  }

  /** What finished rounds of a point measured can be read, too, where the sweep ended before the point did. */
  #keepUnfinished(point: LivePoint): void {
    if (point.run.state.roundsDone > 0) writeRun(this.#resultsOfPoints, this.#recordOf(point, false))
  }

  #recordOf({ recordInput, run }: LivePoint, isWhole: boolean): RunRecord {
    const { state } = run
    return recordOf(recordInput, state, analyse, isWhole && state.roundsDone === state.rounds)
  }

  #toolsOf(index: number, stopwatch: Stopwatch) {
    const { progress, signal } = this.#input
    return {
      ...{ sandbox: this.#lab.sandbox, generator: this.#lab.generator, stopwatch, signal },
      progress: {
        ...progress,
        estimates: () => undefined,
        block: ({ share }: { readonly share: number }) => {
          this.#showProgress(index, share)
        },
      },
      besideFirstBuild: async () => {
        if (this.#isFirstBuild) await this.#input.besideFirstBuild()
        this.#isFirstBuild = false
      },
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

  #openOnes(live: readonly LivePoint[]): LivePoint[] {
    return live.filter(({ index }) => isOpen(this.#sweep.points[index]!))
  }

  #set(index: number, change: Partial<SweepPoint>): void {
    this.#sweep = {
      ...this.#sweep,
      points: this.#sweep.points.map((point, place) => (place === index ? { ...point, ...change } : point)),
    }
  }

  #write(): string {
    return writeSweep(this.#input.resultsFolder, this.#sweep)
  }

  get #resultsOfPoints(): string {
    return sweepFolder(this.#input.resultsFolder, this.#sweep)
  }

  #folderOf({ index }: Pick<LivePoint, 'index'>): string {
    return pointFolder(this.#resultsOfPoints, this.#sweep, this.#sweep.points[index]!.runId)
  }
}

const isOpen = ({ state }: SweepPoint): boolean => state === 'waiting' || state === 'begun'

function newSweep({ axes, points, source, request, seed }: SweepInput, kernel: string): Sweep {
  const startedAt = new Date()
  const [first] = points
  const { name, title } = first!.order.scenario
  return {
    schemaVersion: sweepSchemaVersion,
    sweepId: `sweep-${makeRunId(startedAt, randomInt(2 ** 32))}`,
    ...{ scenario: name, title, scenarioSource: source, request, seed, kernel },
    startedAt: startedAt.toISOString(),
    finishedAt: startedAt.toISOString(),
    complete: false,
    axes: [...axes],
    points: points.map(({ values, order }) => ({
      values,
      runId: makeRunId(startedAt, randomInt(2 ** 32)),
      state: 'waiting',
      startedAt: startedAt.toISOString(),
      roundsDone: 0,
      rounds: planRun(order.scenario, order.options).rounds,
    })),
  }
}
