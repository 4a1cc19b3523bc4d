/** What each path came to by itself, with intervals. */
import { type Metric, metricsAmong } from '../../record/metrics.ts'
import type { RunRecord } from '../../record/record.ts'
import { capitalised, formatInterval } from '../../words/numbers.ts'
import { directionWords, metricWords } from '../../record/metric-words.ts'
import type { ColourName } from '../../page/palette.ts'
import { deviceUnderTestOf } from './device-under-test.ts'
import type { PathStyle } from './path-style.ts'
import { measuredPaths } from './selection.ts'
import { numberColumn, textColumn, type TableView } from '../../page/table-view.ts'

export interface LevelRow {
  /** A path's, or a program's. */
  readonly name: string
  readonly colour: ColourName
  /** In the metric's own unit. */
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
  readonly label: string
  /** The interval, where it stands behind the value. */
  readonly range?: string
}

export interface LevelsView {
  readonly title: string
  readonly direction: string
  readonly inWords: string
  readonly rows: readonly LevelRow[]
  /** Of the rows' figures, as the record has it; none where the axis needs no numbers. */
  readonly unit?: string
  /** The end of the axis, where that is not the greatest of the rows. */
  readonly most?: number
  readonly table: TableView
}

type Level = Pick<RunRecord['estimates'][number], 'path' | 'estimate' | 'low' | 'high' | 'unit' | 'n'>

/** Bars for one quantity; none where no path in `styles` has it. */
const levelsOf = (
  noun: string,
  direction: string,
  levels: readonly Level[],
  styles: readonly PathStyle[],
): LevelsView[] => {
  const rows = levels.flatMap((level): (LevelRow & { path: string; n: number })[] => {
    const style = styles.find((each) => each.name === level.path)
    const { value, range } = formatInterval(level.unit, level)
    const { path: name, estimate, low, high, n } = level
    return style
      ? [
          {
            name,
            path: style.label,
            colour: style.colour,
            estimate,
            low,
            high,
            n,
            label: value,
            ...(range === undefined ? {} : { range }),
          },
        ]
      : []
  })
  if (rows.length === 0) return []
  return [
    {
      title: capitalised(noun),
      direction,
      inWords: `${noun}: ${rows.map(({ path, label }) => `${path} ${label}`).join('; ')}.`,
      rows,
      ...(levels[0] === undefined ? {} : { unit: levels[0].unit }),
      table: {
        caption: `${noun}, with 95 % interval`,
        columns: [
          textColumn('Path'),
          numberColumn('Estimate'),
          numberColumn('Interval'),
          numberColumn('Values'),
        ],
        rows: rows.map(({ path, label, range, n }) => [path, label, range ?? 'none', String(n)]),
      },
    },
  ]
}

/** Headlines other than those of floods. */
const isFurtherRate = ({ headline, load, plain }: Metric): boolean =>
  headline && load !== 'flood' && !plain.includes('.')

/** What each path takes per packet beyond the floor, in the order of `styles`; none where there is no floor. */
export const ownCostViews = (record: RunRecord, styles: readonly PathStyle[]): LevelsView[] => {
  const measured = new Set(measuredPaths(record).map(({ name }) => name))
  const byTrial = Map.groupBy(record.derived.routerCost, ({ trial }) => trial)
  return [...byTrial].flatMap(([trial, costs]) =>
    levelsOf(
      `${deviceUnderTestOf(record)}'s own cost per packet${trial === undefined ? '' : ` (${trial})`}`,
      directionWords('costNs'),
      styles
        .flatMap(({ name }) => costs.find(({ path }) => path === name) ?? [])
        .filter(({ path }) => measured.has(path)),
      styles,
    ),
  )
}

/** Throughput, the sender's cost, the middle's own cost and the rates of HTTP and TCP; those measured. */
export const levelsViews = (
  record: RunRecord,
  styles: readonly PathStyle[],
  ownCosts: readonly LevelsView[],
): LevelsView[] => {
  const measured = new Set(measuredPaths(record).map(({ name }) => name))
  const estimates = record.estimates.filter(({ path }) => measured.has(path))
  const ofMetric = (metric: string): LevelsView[] =>
    levelsOf(
      metricWords(metric).noun,
      directionWords(metric),
      styles.flatMap(({ name }) => estimates.find((one) => one.path === name && one.metric === metric) ?? []),
      styles,
    )
  const present = metricsAmong(estimates.map(({ metric }) => metric))
  const ofPlain = (name: string) =>
    present.filter(({ plain }) => plain === name).flatMap((metric) => ofMetric(metric.name))
  return [
    ...ofPlain('throughputPps'),
    ...ofPlain('costNs'),
    ...ownCosts,
    ...present.filter(isFurtherRate).flatMap(({ name }) => ofMetric(name)),
  ]
}
