/** Which trends are asked for. */
import { notRecorded } from '../across/identity.ts'
import { abPaths, versionsSuffix } from '../ab/ab-scenario.ts'
import { BenchError } from '../host/errors.ts'
import { didYouMean } from '../host/nearest.ts'
import type { Trend } from './findings.ts'
import type { HistoryEntry } from './history-entry.ts'
import { linesOf } from './lines.ts'
import { inOrderOfTime } from './series.ts'
import { trendOf } from './trend.ts'

/**
 * Names. Without one of a path, all candidates are meant; of a metric, all; of a scenario, that of the newest run,
 * leaving out comparisons of versions where there is anything else.
 */
export interface Selected {
  readonly scenario?: string
  /** Every scenario. */
  readonly all?: boolean
  /** Of several hosts, this one instead of that of the newest run. */
  readonly host?: string
  /** All hosts' runs in one line. */
  readonly mixed?: boolean
  readonly path?: string
  readonly metric?: string
}

export interface SelectedTrends {
  /** By the scenario's name, then by the host's. */
  readonly trends: readonly Trend[]
  /** Scenarios that there are runs of besides. */
  readonly others: readonly { readonly scenario: string; readonly runs: number }[]
  /** Hosts of the scenarios that are shown, whose runs are left out. */
  readonly otherHosts: readonly { readonly scenario: string; readonly host: string; readonly runs: number }[]
}

/**
 * The trend of each scenario that is asked for.
 *
 * @param place where the entries came from, for errors
 * @throws BenchError `usage` where there are no runs, or no such scenario, host, path or metric
 */
export function selectedTrends(
  entries: readonly HistoryEntry[],
  selected: Selected,
  place: string,
): SelectedTrends {
  const { path, metric } = selected
  if (entries.length === 0)
    throw new BenchError(`Could not show a trend: there are no runs in ${place}`, {
      trouble: 'usage',
      hint: 'start with: sudo ./bench run redirect-vs-stack',
    })
  requireOneOf('scenario', selected.scenario, () => entries.map((entry) => entry.scenario))
  const scenario = selected.scenario ?? (selected.all === true ? undefined : newestScenario(entries))
  const isWanted = (name: string): boolean => scenario === undefined || name === scenario
  const own = entries.filter((entry) => isWanted(entry.scenario))
  requireOneOf('path', path, () =>
    own.flatMap(({ ratios, gaps = [] }) => [...Object.keys(ratios), ...gaps.map((gap) => gap.path)]),
  )
  requireOneOf('metric', metric, () =>
    own.flatMap(({ ratios }) => Object.values(ratios).flatMap((byMetric) => Object.keys(byMetric))),
  )
  requireOneOf('host', selected.host, () => own.flatMap(({ host }) => (host === undefined ? [] : [host])))
  const byScenario = [...Map.groupBy(entries, (entry) => entry.scenario)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const lines = byScenario
    .filter(([name]) => isWanted(name))
    .flatMap(([name, runs]) => chosenLines(name, runs, selected))
  return {
    trends: lines
      .filter(({ isShown }) => isShown)
      .map(({ name, runs, host }) =>
        trendOf(
          name,
          runs,
          (series) =>
            (path === undefined ? series.role === 'candidate' : series.path === path) &&
            (metric === undefined || series.metric.name === metric),
          host,
        ),
      ),
    others: byScenario
      .filter(([name]) => !isWanted(name))
      .map(([name, runs]) => ({ scenario: name, runs: runs.length })),
    otherHosts: lines
      .filter(({ isShown }) => !isShown)
      .map(({ name, runs }) => ({ scenario: name, host: hostOf(runs), runs: runs.length })),
  }
}

const hostOf = (runs: readonly HistoryEntry[]): string =>
  runs.find(({ host }) => host !== undefined)?.host ?? notRecorded

/** Without a name, of several hosts the one of the newest run. */
function chosenLines(name: string, entries: readonly HistoryEntry[], { host, mixed, all }: Selected) {
  if (mixed === true) return [{ name, runs: entries, isShown: true }]
  const wanted = host ?? (all === true ? undefined : hostOf(inOrderOfTime(entries).slice(-1)))
  return linesOf(entries).map((line) => ({
    ...line,
    name,
    isShown: wanted === undefined || line.runs.some((run) => hostOf([run]) === wanted),
  }))
}

/** Of the newest run; each `bench ab` compares other versions, so that its runs make no history. */
function newestScenario(entries: readonly HistoryEntry[]): string | undefined {
  const newestFirst = inOrderOfTime(entries).toReversed()
  const isOfVersions = ({ scenario, roles }: HistoryEntry): boolean =>
    scenario.endsWith(versionsSuffix) && Object.hasOwn(roles, abPaths.head)
  return (newestFirst.find((entry) => !isOfVersions(entry)) ?? newestFirst[0])?.scenario
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
