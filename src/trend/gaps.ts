/** Runs that a series has no ratio of: they are shown, lest a path that fails looks like one that is well. Pure. */
import { metrics, metricsAmong } from '../record/metrics.ts'
import type { TrendGap } from './findings.ts'
import type { EntryGap, HistoryEntry } from './history-entry.ts'
import type { SeriesName } from './series.ts'

const metricNames = metrics.map(({ name }) => name)
const unknown = 'not in this run, and it does not say why'

/** What a run has no ratio of: as it says itself; and paths and metrics that an earlier run had. */
function gapsIn(entry: HistoryEntry, known: ReadonlyMap<string, ReadonlySet<string>>): EntryGap[] {
  const own = entry.gaps ?? []
  const told = new Set(own.map(({ path }) => path))
  const ratios = new Map(Object.entries(entry.ratios))
  return [
    ...own,
    ...[...known]
      .filter(([path]) => !told.has(path))
      .flatMap(([path, names]): EntryGap[] => {
        const found = ratios.get(path)
        if (found === undefined) return [{ path, metrics: [], reason: unknown }]
        const lacking = [...names].filter((name) => !Object.hasOwn(found, name))
        return lacking.length === 0 ? [] : [{ path, metrics: lacking, reason: unknown }]
      }),
  ]
}

/**
 * The gaps of a scenario's runs, those of runs that follow each other as one.
 *
 * @param runs oldest first
 */
export function gapsOf(
  runs: readonly HistoryEntry[],
  isSelected: (series: SeriesName) => boolean,
): TrendGap[] {
  const known = new Map<string, Set<string>>()
  const roles = new Map<string, string>()
  const gaps: TrendGap[] = []
  for (const [run, entry] of runs.entries()) {
    for (const [path, role] of Object.entries(entry.roles)) roles.set(path, role)
    for (const { path, metrics: names, reason } of gapsIn(entry, known)) {
      const role = roles.get(path) ?? 'candidate'
      const ofAll = names.length === 0 ? [...metricNames, ...(known.get(path) ?? [])] : names
      if (!concerned(path, role, ofAll).some(isSelected)) continue
      const { runId, startedAt } = entry
      const gap: TrendGap = { run, runId, startedAt, path, metrics: names, reason, runs: 1 }
      const before = gaps.findIndex((one) => one.run + one.runs === run && isSame(one, gap))
      if (before === -1) gaps.push(gap)
      else gaps[before] = { ...gaps[before]!, runs: gaps[before]!.runs + 1 }
    }
    for (const [path, byMetric] of Object.entries(entry.ratios))
      known.set(path, new Set([...(known.get(path) ?? []), ...Object.keys(byMetric)]))
  }
  return gaps
}

const isSame = (one: TrendGap, other: TrendGap): boolean =>
  one.path === other.path && one.reason === other.reason && one.metrics.join() === other.metrics.join()

/** The series that a gap is one of. */
const concerned = (path: string, role: string, names: readonly string[]): SeriesName[] =>
  metricsAmong(names)
    .filter(({ headline }) => headline)
    .map((metric) => ({ path, role, metric }))

/** Indices of the runs that a series has a gap at. */
export const gapRuns = (gaps: readonly TrendGap[], { path, metric }: SeriesName): number[] =>
  gaps
    .filter((gap) => gap.path === path && (gap.metrics.length === 0 || gap.metrics.includes(metric.name)))
    .flatMap(({ run, runs }) => Array.from({ length: runs }, (_, index) => run + index))
