/** What two sweeps beside each other come to, in words and tables. Pure. */
import type { Change } from '../across/changes.ts'
import { numberColumn, type TableView, textColumn } from '../page/table-view.ts'
import { metricWords, shortNoun } from '../record/metric-words.ts'
import { pointLabel } from '../record/sweep.ts'
import { formatChange, formatChangeRange, formatNumber, percentDigits } from '../words/numbers.ts'
import { type ComparedPoint, type ComparedSweeps, isChange, isMainFigure } from './compared.ts'

/** `3 of 12 figures changed, at 2 of 6 points`. */
export function headlineOf({ points }: ComparedSweeps): string {
  const figures = points.map((point) => point.figures.filter(isMainFigure))
  const states = figures.flat().map(({ changes }) => changes[0]?.state)
  const count = (...wanted: (Change['state'] | undefined)[]) =>
    states.filter((state) => wanted.includes(state)).length
  const changed = count('changed', 'missing')
  const at = figures.filter((own) => own.some(({ changes }) => isChange(changes[0]))).length
  const open = [
    ...(count('not-decided') === 0 ? [] : [`${count('not-decided')} not decided`]),
    ...(count('not-compared') === 0 ? [] : [`${count('not-compared')} not compared`]),
  ].join(', ')
  const rest = open === '' ? '' : `; of ${states.length} figures ${open}`
  if (count('not-compared') === states.length) return 'Nothing can be compared at any point'
  if (changed > 0)
    return `${changed} of ${states.length} figures changed, at ${at} of ${points.length} points`
  return open === '' ? 'Nothing changed at any point' : `No change is found${rest}`
}

/** Why figures of candidates cannot be compared: each reason once, with the points that it is of. */
export function notComparedSentences({ points, notCompared }: ComparedSweeps): string[] {
  const reasons = points.flatMap((point) =>
    point.figures
      .filter(isMainFigure)
      .flatMap(({ changes: [change] }) =>
        change?.state === 'not-compared'
          ? [{ point: pointLabel(point), reason: withoutRun(change.reason) }]
          : [],
      ),
  )
  return [
    ...notCompared,
    ...[...Map.groupBy(reasons, ({ reason }) => reason)].map(([reason, alike]) => {
      const at = new Set(alike.map(({ point }) => point)).size
      return `${reason} (at ${at} of ${points.length} points)`
    }),
  ]
}

/** Points differ by the ids of their runs, and those are no part of a reason. */
const withoutRun = (reason: string): string => reason.replaceAll(/\brun \S+/g, 'a run')

/** At how many points nothing tells what is noise. */
export function noiseSentences({ caveats, points }: ComparedSweeps): string[] {
  const at = new Set(caveats.map(({ point }) => point)).size
  return at === 0
    ? []
    : [
        `at ${at} of ${points.length} points it is not known how much is noise: a control is missing there, or has no interval`,
      ]
}

/** Every change for better or worse: a sentence each. */
export const changeSentences = ({ points }: ComparedSweeps): string[] =>
  points.flatMap((point) =>
    point.figures.filter(isMainFigure).flatMap(({ path, metric, changes: [change] }) => {
      if (change === undefined || !isChange(change)) return []
      const at = `${pointLabel(point)}: ${path}, ${metricWords(metric).noun}`
      if ('reason' in change) return [`${at}: missing now: ${change.reason}`]
      const { estimate, low, high } = change.ratio
      const digits = percentDigits(low, high)
      return [
        `${at}: ${formatChange(estimate, digits)} (${formatChangeRange(low, high, digits)}), ${change.isBetter ? 'better' : 'worse'}`,
      ]
    }),
  )

/** A row a point. @param isMain which figures get a column */
export function pointsTable(
  { points, settings, first, second }: ComparedSweeps,
  isMain: (metric: string) => boolean,
): TableView {
  const columns = [
    ...new Map(
      points
        .flatMap(({ figures }) => figures.filter(isMainFigure))
        .filter(({ metric }) => isMain(metric))
        .map(({ path, metric }) => [`${path} ${metric}`, { path, metric }]),
    ).values(),
  ]
  const isOnePath = new Set(columns.map(({ path }) => path)).size === 1
  return {
    caption: `What each path’s ratio to the baseline changed by from ${first} to ${second}, with half the 95 % interval: ! changed, = the same, ? not decided`,
    columns: [
      ...settings.map(numberColumn),
      ...columns.map(({ path, metric }) =>
        textColumn(isOnePath ? shortNoun(metric) : `${path} ${shortNoun(metric)}`),
      ),
    ],
    rows: points.map((point) => [
      ...settings.map((name) => String(point.values[name] ?? '')),
      ...columns.map(({ path, metric }) => cellOf(point, path, metric)),
    ]),
  }
}

const marks = { changed: '!', same: '=', 'not-decided': '?' } as const

function cellOf({ figures }: ComparedPoint, path: string, metric: string): string {
  const change: Change | undefined = figures.find((one) => one.path === path && one.metric === metric)
    ?.changes[0]
  if (change === undefined) return ''
  if ('reason' in change) return change.state === 'missing' ? 'missing !' : 'not compared'
  const { estimate, low, high } = change.ratio
  const digits = percentDigits(low, high)
  return `${formatChange(estimate, digits)} ±${formatNumber(((high - low) / 2) * 100, digits)} ${marks[change.state]}`
}
