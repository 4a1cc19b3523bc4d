/** Which trends are asked for. */
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import type { Trend } from './findings.ts'
import type { HistoryEntry } from './history-entry.ts'
import { trendOf } from './trend.ts'

/** Names; what is not named is not restricted, but for paths: without a name these are the candidates. */
export interface Selected {
  readonly scenario?: string
  readonly path?: string
  readonly metric?: string
}

/**
 * The trend of each scenario that is asked for, by name.
 *
 * @param place where the entries came from, for errors
 * @throws BenchError `usage` where there are no runs, or no such scenario, path or metric
 */
export function selectedTrends(
  entries: readonly HistoryEntry[],
  { scenario, path, metric }: Selected,
  place: string,
): Trend[] {
  if (entries.length === 0)
    throw new BenchError(`Could not show a trend: there are no runs in ${place}`, {
      trouble: 'usage',
      hint: 'start with: sudo ./bench run redirect-vs-stack',
    })
  const own = entries.filter((entry) => scenario === undefined || entry.scenario === scenario)
  requireOneOf('scenario', scenario, () => entries.map((entry) => entry.scenario))
  requireOneOf('path', path, () =>
    own.flatMap(({ ratios, gaps = [] }) => [...Object.keys(ratios), ...gaps.map((gap) => gap.path)]),
  )
  requireOneOf('metric', metric, () =>
    own.flatMap(({ ratios }) => Object.values(ratios).flatMap((byMetric) => Object.keys(byMetric))),
  )
  return [...Map.groupBy(own, (entry) => entry.scenario)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, runs]) =>
      trendOf(
        name,
        runs,
        (series) =>
          (path === undefined ? series.role === 'candidate' : series.path === path) &&
          (metric === undefined || series.metric.name === metric),
      ),
    )
}

function requireOneOf(what: string, name: string | undefined, listKnown: () => string[]): void {
  if (name === undefined) return
  const known = [...new Set(listKnown())]
  if (known.includes(name)) return
  throw new BenchError(`Could not find ${what} "${name}" in the history${didYouMean(name, known)}`, {
    trouble: 'usage',
    hint: `there is ${known.join(', ')}`,
  })
}
