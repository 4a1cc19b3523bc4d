/** A point of a sweep that is being measured: a run, of which each round is kept as it ends. */
import { z } from 'zod'
import { asBenchError, type BenchError } from '../host/errors.ts'
import { readRounds, removeRounds, writeRound } from '../keep/sweep-store.ts'
import type { RunRecord } from '../record/record.ts'
import { analyse } from './analysis.ts'
import { nothingToCompare } from './nothing-concluded.ts'
import { type RecordInput, recordOf } from './record.ts'
import { Run } from './run.ts'
import { isLogEntry, type LogEntry } from './run-log.ts'
import type { RunTools } from './run-state.ts'
import { Stopwatch } from './stopwatch.ts'

/** Version of what is kept of a round: it is read by the pathbench that wrote it alone. */
const keptVersion = 1

/** A round as it is kept on disk, and may come back from anybody's. */
const keptRound = z.object({
  version: z.literal(keptVersion),
  entries: z.array(z.custom<LogEntry>(isLogEntry)),
  /** Of the point so far, by phase. */
  spentNs: z.record(z.string(), z.number()),
})

export interface PointParts {
  /** Its place among the sweep's points. */
  readonly index: number
  readonly recordInput: RecordInput
  readonly tools: Omit<RunTools, 'stopwatch'>
  /** The folder of its run. */
  readonly folder: string
}

export class LivePoint {
  readonly index: number
  readonly #run: Run
  readonly #stopwatch = new Stopwatch()
  readonly #recordInput: RecordInput
  readonly #folder: string
  /** What was taken down in the round under way. */
  #entries: LogEntry[] = []

  constructor({ index, recordInput, tools, folder }: PointParts) {
    this.index = index
    this.#recordInput = recordInput
    this.#folder = folder
    this.#stopwatch.pause()
    this.#run = new Run(recordInput.run, { ...tools, stopwatch: this.#stopwatch }, (entry) => {
      this.#entries.push(entry)
    })
  }

  get roundsDone(): number {
    return this.#run.state.roundsDone
  }

  /** Those that are planned. */
  get rounds(): number {
    return this.#run.state.rounds
  }

  isOver(): boolean {
    return this.#run.isOver()
  }

  /** Takes down the rounds that were measured before, up to the first that is none of this version. */
  recall(): void {
    let spentNs: Readonly<Record<string, number>> = {}
    for (const kept of readRounds(this.#folder)) {
      const { success, data } = keptRound.safeParse(kept)
      if (!success) break
      this.#run.recall(data.entries)
      spentNs = data.spentNs
    }
    this.#stopwatch.add(spentNs)
    this.#entries = []
  }

  /** Measures a round, and keeps it. @throws BenchError when something fails: the round counts for nothing */
  async measureRound(): Promise<void> {
    const round = this.roundsDone
    try {
      const isWhole = await this.#run.measureRound()
      this.#stopwatch.pause()
      const spentNs = this.#stopwatch.spentNs()
      const kept = { version: keptVersion, entries: this.#entries, spentNs } satisfies z.input<
        typeof keptRound
      >
      if (isWhole) writeRound(this.#folder, round, kept)
    } finally {
      this.#stopwatch.pause()
      this.#entries = []
    }
  }

  /** Takes away what a round that failed has left, in the sandbox of all points. @throws NotTakenAway */
  async clearUp(): Promise<void> {
    await this.#run.clearUp()
  }

  /** Why nothing of it can be compared; undefined where something can, or is to be. */
  nothingToCompare(): BenchError | undefined {
    return nothingToCompare(this.#recordInput.run.paths, this.#run.state)
  }

  /** What it has come to. @param isOver whether nothing more is to be measured of it */
  record(isOver: boolean): RunRecord {
    const { state } = this.#run
    return recordOf(this.#recordInput, state, analyse, isOver && state.roundsDone === state.rounds)
  }

  /** Forgets the rounds that were kept: the record has them. */
  forgetRounds(): void {
    removeRounds(this.#folder)
  }

  /** Gives back what rounds share. @returns what went wrong with that */
  async end(): Promise<BenchError | undefined> {
    return await this.#run.end().then(() => undefined, asBenchError)
  }
}
