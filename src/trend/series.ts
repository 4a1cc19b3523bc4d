/** The course of one metric of one path over a scenario's runs. */
import { type Metric, metricsAmong } from '../record/metrics.ts'
import type { HistoryEntry } from './history-entry.ts'

/** A run's ratio to its own baseline path. */
export interface TrendPoint {
  /** Index of the run among the scenario's. */
  readonly run: number
  readonly ratio: number
  readonly low: number | null
  readonly high: number | null
}

/** What is followed over the runs. */
export interface SeriesName {
  readonly path: string
  readonly role: string
  readonly metric: Metric
}

export interface Series extends SeriesName {
  readonly points: readonly TrendPoint[]
}

/** Oldest first; of those that started at once, by id. */
export const inOrderOfTime = (entries: readonly HistoryEntry[]): HistoryEntry[] =>
  entries
    .map((entry) => ({ entry, time: Date.parse(entry.startedAt) }))
    .sort((a, b) => a.time - b.time || (a.entry.runId < b.entry.runId ? -1 : 1))
    .map(({ entry }) => entry)

/** Each path and each metric of which any run has a ratio; metrics in the order of reports. */
export function seriesNames(runs: readonly HistoryEntry[]): SeriesName[] {
  const roles = new Map<string, string>()
  const metricsOf = new Map<string, Set<string>>()
  for (const entry of runs)
    for (const [path, byMetric] of Object.entries(entry.ratios)) {
      roles.set(path, Object.hasOwn(entry.roles, path) ? entry.roles[path]! : 'candidate')
      const known = metricsOf.get(path) ?? new Set()
      metricsOf.set(path, known)
      for (const name of Object.keys(byMetric)) known.add(name)
    }
  return [...metricsOf].flatMap(([path, known]) =>
    metricsAmong(known).map((metric) => ({ path, role: roles.get(path)!, metric })),
  )
}

/** The series of that name. */
export function seriesOf(runs: readonly HistoryEntry[], name: SeriesName): Series {
  const points: TrendPoint[] = []
  for (const [run, { ratios }] of runs.entries()) {
    // A path may be called what every object has, such as `constructor`.
    const values = Object.hasOwn(ratios, name.path) ? ratios[name.path]?.[name.metric.name] : undefined
    if (values !== undefined) points.push({ run, ratio: values[0], low: values[1], high: values[2] })
  }
  return { ...name, points }
}
