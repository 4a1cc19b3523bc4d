/** A sweep: a run for each point, live in one sandbox, their rounds in turns of random order. */
import { randomInt } from 'node:crypto'
import { asBenchError, BenchError } from '../host/errors.ts'
import { requireTools } from '../host/tools.ts'
import { makeFolder, writeRun } from '../keep/store.ts'
import { pointFolder, sweepFolder, writeSweep } from '../keep/sweep-store.ts'
import type { RunRecord, RunRequest } from '../record/record.ts'
import { type Sweep, type SweepAxis, type SweepPoint, sweepSchemaVersion } from '../record/sweep.ts'
import { toolsOf } from '../scenario/tools.ts'
import { randomSource, shuffled } from '../stats/random.ts'
import { waitForLock } from './exclusive.ts'
import { type Lab, openLab, type Undo } from './lab.ts'
import { LivePoint } from './live-point.ts'
import { prepareRun, type ReadyScenario, readyScenario, type RunOrder } from './prepare-run.ts'
import type { Progress } from './progress.ts'
import { makeRunId } from './record.ts'
import { planRun } from './settings.ts'

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
    while (this.#toMeasure(live).length > 0)
      for (const point of shuffled(this.#toMeasure(live), random))
        if (this.#toMeasure([point]).length > 0) await this.#measureRound(point)
    for (const point of live) {
      // What finished rounds measured can be read, too, where the sweep ended before the point did.
      if (isOpen(this.#sweep.points[point.index]!) && point.roundsDone > 0)
        writeRun(this.#resultsOfPoints, point.record(false))
      await point.end()
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
    try {
      const { startedAt, runId } = this.#sweep.points[index]!
      const prepared = prepareRun(order, await this.#readyOf(order), this.#lab, new Date(startedAt))
      const folder = pointFolder(this.#resultsOfPoints, this.#sweep, runId)
      const recordInput = { ...prepared, runId }
      const point = new LivePoint({ index, recordInput, tools: this.#toolsOf(index), folder })
      point.recall()
      if (point.roundsDone > 0) this.#set(index, { state: 'begun', roundsDone: point.roundsDone })
      return [point]
    } catch (error) {
      this.#set(index, { state: 'skipped', reason: reasonText(asBenchError(error)) })
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

  async #measureRound(point: LivePoint): Promise<void> {
    const { index } = point
    const failure = await point.measureRound().then(() => undefined, asBenchError)
    if (point.roundsDone > this.#sweep.points[index]!.roundsDone)
      this.#set(index, { state: 'begun', roundsDone: point.roundsDone })
    if (!this.#input.signal.aborted) {
      if (failure !== undefined) this.#finish(point, 'failed', reasonText(failure))
      else if (point.isOver()) this.#finish(point, 'measured')
    }
    this.#write()
  }

  /** Ends a point: its record is whole from here on. */
  #finish(point: LivePoint, state: 'measured' | 'failed', reason?: string): void {
    const record = point.record(state === 'measured')
    if (record.blocks.length > 0) writeRun(this.#resultsOfPoints, record)
    point.forgetRounds()
    this.#set(point.index, { state, ...(reason === undefined ? {} : { reason }) })
    this.#input.pointDone(this.#sweep.points[point.index]!, record)
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

  /** Those that are not over; none once the sweep is to end. */
  #toMeasure(live: readonly LivePoint[]): LivePoint[] {
    return this.#input.signal.aborted ? [] : live.filter(({ index }) => isOpen(this.#sweep.points[index]!))
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
}

/** In one line: what went wrong, and where. */
const reasonText = ({ message, details }: BenchError): string =>
  [message, ...(details ?? '').split('\n').map((line) => line.trim())]
    .filter((line) => line !== '')
    .join('; ')

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
