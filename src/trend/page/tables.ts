/** The tables of a trend's page. */
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'
import { formatChange, formatCount } from '../../words/numbers.ts'
import { metricWords } from '../../record/metric-words.ts'
import type { Trend, TrendSeries } from '../findings.ts'
import {
  changeWords,
  foundAfterWords,
  fromToWords,
  gapMetricWords,
  gapRunsWords,
  instant,
  levelWords,
  nearbyWords,
  outlierWords,
  pValueWords,
  secondOpinionWords,
  sinceWords,
} from '../words.ts'

const nounOf = ({ metric }: TrendSeries): string => metricWords(metric.name).noun

/** Where every series stands. */
export const levelTable = (trend: Trend): TableView => ({
  caption: 'Present level: change to the baseline path, with its 95 % interval',
  columns: [
    textColumn('Path'),
    textColumn('Metric'),
    numberColumn('Change'),
    textColumn('Since'),
    numberColumn('Runs'),
  ],
  rows: trend.series.map((series) => {
    const level = series.levels.at(-1)!
    return [
      series.path,
      nounOf(series),
      levelWords(level),
      sinceWords(series, trend),
      formatCount(level.runs),
    ]
  }),
})

/** Every change, in order of time. */
export function changeTable({ series }: Trend): TableView {
  const rows = series
    .flatMap((one) => one.changes.map((change) => ({ one, change })))
    .toSorted((a, b) => a.change.run - b.change.run)
  const hasNearby = rows.some(({ change }) => change.conditions.length > 0)
  return {
    caption: 'Changes of level that last; times are UTC',
    columns: [
      ...['From', 'Path', 'Metric', 'Level', 'Change', 'p', 'Found after', 'Second opinion'],
      ...(hasNearby ? ['Changed nearby'] : []),
    ].map(textColumn),
    rows: rows.map(({ one, change }) => [
      instant(change),
      one.path,
      nounOf(one),
      fromToWords(change),
      changeWords(change),
      pValueWords(change),
      foundAfterWords(change),
      secondOpinionWords(change),
      ...(hasNearby ? [nearbyWords(change)] : []),
    ]),
  }
}

/** What changed around the runs. */
export const conditionsTable = ({ conditionsChanges, runs }: Trend): TableView => ({
  caption: 'Programs, scenario and conditions that changed, and the first run with the new ones',
  columns: [textColumn('Run'), textColumn('What changed')],
  rows: conditionsChanges.map(({ run, changes }) => [runs[run]!.runId, changes.join('; ')]),
})

/** Runs that have no ratio of a path. */
export const gapTable = ({ gaps }: Trend): TableView => ({
  caption: 'Runs without a figure; times are UTC',
  columns: ['First run', 'Started', 'Path', 'Metric', 'For', 'Why'].map(textColumn),
  rows: gaps.map((gap) => [
    gap.runId,
    instant(gap),
    gap.path,
    gapMetricWords(gap),
    gapRunsWords(gap),
    gap.reason,
  ]),
})

/** Rows behind a chart, at most. */
const mostRows = 200

/** The latest runs of a series. */
export function runTable(series: TrendSeries, { runs }: Trend): TableView {
  const outliers = new Map(series.outliers.map((outlier) => [outlier.run, outlierWords(outlier)]))
  const changes = new Map(series.changes.map((change) => [change.run, changeWords(change)]))
  const shown = series.points.slice(-mostRows)
  return {
    caption:
      shown.length < series.points.length
        ? `The latest ${mostRows} of ${formatCount(series.points.length)} runs`
        : 'Every run',
    columns: [
      textColumn('Run'),
      textColumn('Started, UTC'),
      numberColumn('Change'),
      numberColumn('95 %'),
      textColumn('Remark'),
    ],
    rows: shown.map(({ run, ratio, low, high }) => [
      runs[run]!.runId,
      instant(runs[run]!),
      formatChange(ratio),
      low === null || high === null ? 'none' : `${formatChange(low)} to ${formatChange(high)}`,
      outliers.get(run) ?? changes.get(run) ?? '',
    ]),
  }
}
