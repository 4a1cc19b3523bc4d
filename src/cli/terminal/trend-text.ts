/** A trend for the terminal. */
import { formatCount } from '../../words/numbers.ts'
import { metricWords } from '../../record/metric-words.ts'
import type { Trend, TrendSeries } from '../../trend/findings.ts'
import {
  changeSentences,
  changeWords,
  foundAfterWords,
  fromToWords,
  gapMetricWords,
  gapRunsWords,
  instant,
  levelWords,
  nearbyWords,
  noChangesWords,
  outlierWords,
  pValueWords,
  secondOpinionWords,
  sinceWords,
  trendName,
} from '../../trend/words.ts'
import { styled } from './output.ts'
import { textTable } from './text-table.ts'

/** The latest are listed, the others counted. */
const mostRows = 15

/** The whole text for one scenario. */
export function trendText(trend: Trend): string {
  const { runs } = trend
  const [first, last] = [runs[0]!, runs.at(-1)!]
  const span = `${formatCount(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}, ${instant(first)} to ${instant(last)} UTC`
  return [
    `${styled('bold', trendName(trend))}  ${span}`,
    section('Present level, against the run’s own baseline path', levelTable(trend)),
    section('Changes', changesText(trend)),
    section('Outliers', outlierTable(trend)),
    section('Seen by the second opinion alone', suspectedTable(trend)),
    section('Runs without a figure', gapTable(trend)),
    section('Programs, scenario and conditions that changed', conditionsTable(trend)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const section = (title: string, text: string | undefined): string =>
  text === undefined ? '' : `${styled('bold', title)}\n${text}`

const nameOf = ({ path, metric }: TrendSeries): [string, string] => [path, metricWords(metric.name).noun]

const left = (...titles: string[]) => titles.map((title) => ({ title, align: 'left' as const }))

function levelTable(trend: Trend): string {
  return textTable(
    [...left('path', 'metric', 'change (95 %)', 'since'), { title: 'runs', align: 'right' }],
    trend.series.map((series) => {
      const level = series.levels.at(-1)!
      return [...nameOf(series), levelWords(level), sinceWords(series, trend), formatCount(level.runs)]
    }),
  )
}

/** Rows in order of time; undefined where there are none. */
function latest(
  columns: readonly string[],
  rows: readonly { readonly run: number; readonly cells: readonly string[] }[],
): string | undefined {
  if (rows.length === 0) return undefined
  const inOrder = rows.toSorted((a, b) => a.run - b.run)
  const table = textTable(
    left(...columns),
    inOrder.slice(-mostRows).map(({ cells }) => cells),
  )
  const more = inOrder.length - mostRows
  return more > 0 ? `${table}\nand ${more} earlier` : table
}

function changesText(trend: Trend): string {
  const table = changeTable(trend)
  if (table === undefined) return noChangesWords(trend)
  return [...changeSentences(trend).slice(-mostRows), table].join('\n')
}

const changeTable = ({ series }: Trend): string | undefined =>
  latest(
    [
      'first run of it',
      'path',
      'metric',
      'from → to',
      'change',
      'p',
      'found after',
      'second opinion',
      'changed nearby',
    ],
    series.flatMap((one) =>
      one.changes.map((change) => ({
        run: change.run,
        cells: [
          change.runId,
          ...nameOf(one),
          fromToWords(change),
          styled(change.direction === 'better' ? 'green' : 'red', changeWords(change)),
          pValueWords(change),
          foundAfterWords(change),
          secondOpinionWords(change),
          nearbyWords(change),
        ],
      })),
    ),
  )

const outlierTable = ({ series }: Trend): string | undefined =>
  latest(
    ['run', 'path', 'metric', ''],
    series.flatMap((one) =>
      one.outliers.map((outlier) => ({
        run: outlier.run,
        cells: [outlier.runId, ...nameOf(one), outlierWords(outlier)],
      })),
    ),
  )

const gapTable = ({ gaps }: Trend): string | undefined =>
  latest(
    ['first run', 'path', 'metric', 'for', 'why'],
    gaps.map((gap) => ({
      run: gap.run,
      cells: [gap.runId, gap.path, gapMetricWords(gap), gapRunsWords(gap), gap.reason],
    })),
  )

const suspectedTable = ({ series }: Trend): string | undefined =>
  latest(
    ['from run', 'path', 'metric'],
    series.flatMap((one) => one.suspected.map(({ run, runId }) => ({ run, cells: [runId, ...nameOf(one)] }))),
  )

const conditionsTable = ({ conditionsChanges, runs }: Trend): string | undefined =>
  latest(
    ['from run', 'what'],
    conditionsChanges.map(({ run, changes }) => ({ run, cells: [runs[run]!.runId, changes.join('; ')] })),
  )
