/** A point of a sweep that is being measured: a run, of which each round is kept as it ends. */
import { readRounds, removeRounds, writeRound } from '../keep/sweep-store.ts'
import type { RunRecord } from '../record/record.ts'
import { analyse } from './analysis.ts'
import { type RecordInput, recordOf } from './record.ts'
import { Run } from './run.ts'
import type { LogEntry } from './run-log.ts'
import type { RunTools } from './run-state.ts'
import { Stopwatch } from './stopwatch.ts'

/** A round as it is kept on disk. */
interface KeptRound {
  readonly entries: readonly LogEntry[]
  /** Of the point so far, by phase. */
  readonly spentNs: Readonly<Record<string, number>>
}

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

  isOver(): boolean {
    return this.#run.isOver()
  }

  /** Takes down the rounds that were measured before. */
  recall(): void {
    const rounds = readRounds(this.#folder) as KeptRound[]
    for (const { entries } of rounds) this.#run.recall(entries)
    this.#stopwatch.add(rounds.at(-1)?.spentNs ?? {})
    this.#entries = []
  }

  /** Measures a round, and keeps it. @throws BenchError when something fails: the round counts for nothing */
  async measureRound(): Promise<void> {
    const round = this.roundsDone
    try {
      const isWhole = await this.#run.measureRound()
      this.#stopwatch.pause()
      const kept: KeptRound = { entries: this.#entries, spentNs: this.#stopwatch.spentNs() }
      if (isWhole) writeRound(this.#folder, round, kept)
    } finally {
      this.#stopwatch.pause()
      this.#entries = []
    }
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

  async end(): Promise<void> {
    await this.#run.end().catch(() => undefined)
  }
}
