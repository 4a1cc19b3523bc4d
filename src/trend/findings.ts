/** What a trend says. */
import type { Coincidence } from './coincidence.ts'
import type { ConditionsChange } from './conditions.ts'
import type { HistoryEntry } from './history-entry.ts'
import type { Series } from './series.ts'

/** A run by its place in time. */
export interface RunReference {
  readonly run: number
  readonly runId: string
  readonly startedAt: string
}

/** A stretch of runs that share a level. */
export interface TrendLevel {
  /** Indices of the first run and the last. */
  readonly from: number
  readonly to: number
  /** Runs of it with a ratio, outliers left out. */
  readonly runs: number
  readonly ratio: number
  readonly low: number | null
  readonly high: number | null
}

export interface TrendChange extends RunReference {
  /** The run after which it was found. */
  readonly foundAt: RunReference
  readonly fromRatio: number
  readonly toRatio: number
  /** to / from. */
  readonly change: number
  readonly direction: 'better' | 'worse'
  /** By permutation, the choice of the best split paid for. */
  readonly pValue: number
  /** Whether the grouping of least description sees it too. */
  readonly isSeconded: boolean
  /** Conditions that changed within two runs of it. */
  readonly conditions: readonly string[]
  /** The change of the environment that is nearest to it, and no more than two runs away. */
  readonly coincidence?: Coincidence
}

export interface TrendOutlier extends RunReference {
  readonly ratio: number
  /** Against the level of the runs around it. */
  readonly change: number
  /** So late that it may yet prove to be the first run of a new level. */
  readonly mayBeStep: boolean
}

export interface TrendSeries extends Series {
  /** One more than there are changes. */
  readonly levels: readonly TrendLevel[]
  readonly changes: readonly TrendChange[]
  readonly outliers: readonly TrendOutlier[]
  /** Changes that the second opinion alone sees, among the latest runs. */
  readonly suspected: readonly RunReference[]
}

/** Runs, one after the other, that have no ratio of a path. */
export interface TrendGap extends RunReference {
  readonly path: string
  /** None named: all of them. */
  readonly metrics: readonly string[]
  readonly reason: string
  /** How many runs. */
  readonly runs: number
}

export interface Trend {
  readonly scenario: string
  /** Where there are several in the history: the one whose runs these are. */
  readonly host?: string
  readonly runs: readonly HistoryEntry[]
  readonly conditionsChanges: readonly ConditionsChange[]
  /** Of the series that were asked for, and of paths that were never measured. */
  readonly gaps: readonly TrendGap[]
  /** False changes to expect in each run of one series: the share of each in `falseChangesPerRun`. */
  readonly level: number
  readonly series: readonly TrendSeries[]
}
