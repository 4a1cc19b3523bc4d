/** Throughput and cost of each path itself, with intervals. */
import type { RunRecord } from '../../results/record.ts'
import { formatInterval } from '../format.ts'
import { directionWords, metricWords } from '../../results/metric-words.ts'
import type { ColourName } from '../palette.ts'
import type { PathStyle } from './path-style.ts'
import { measuredPaths } from './selection.ts'
import { numberColumn, textColumn, type TableView } from './table.ts'

export interface LevelRow {
  readonly path: string
  readonly colour: ColourName
  /** In the metric's own unit. */
  readonly estimate: number
  readonly low: number | null
  readonly high: number | null
  readonly label: string
}

export interface LevelsView {
  readonly title: string
  readonly direction: string
  readonly finding: string
  readonly rows: readonly LevelRow[]
  readonly table: TableView
}

type Level = Pick<RunRecord['estimates'][number], 'path' | 'estimate' | 'low' | 'high' | 'unit' | 'n'>

const levelsOf = (
  metric: string,
  noun: string,
  levels: readonly Level[],
  styles: readonly PathStyle[],
): LevelsView[] => {
  const rows = levels.flatMap((level): (LevelRow & { range: string; n: number })[] => {
    const style = styles.find(({ name }) => name === level.path)
    const { value, range } = formatInterval(level.unit, level)
    const { path, estimate, low, high, n } = level
    return style
      ? [{ path, colour: style.colour, estimate, low, high, n, label: value, range: range ?? 'none' }]
      : []
  })
  if (rows.length === 0) return []
  return [
    {
      title: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
      direction: directionWords(metric),
      finding: `${noun}: ${rows.map(({ path, label }) => `${path} ${label}`).join('; ')}.`,
      rows,
      table: {
        caption: `${noun}, with 95 % interval`,
        columns: [
          textColumn('Path'),
          numberColumn('Estimate'),
          numberColumn('Interval'),
          numberColumn('Values'),
        ],
        rows: rows.map(({ path, label, range, n }) => [path, label, range, String(n)]),
      },
    },
  ]
}

/** Throughput, the sender's cost and the router's own cost; those that were measured. */
export const levelsViews = (record: RunRecord, styles: readonly PathStyle[]): LevelsView[] => {
  const measured = new Set(measuredPaths(record).map(({ name }) => name))
  const estimates = record.estimates.filter(({ path }) => measured.has(path))
  const routerCosts = record.derived.routerCost.filter(({ path }) => measured.has(path))
  return [
    ...['throughputPps', 'costNs'].flatMap((metric) =>
      levelsOf(
        metric,
        metricWords(metric).noun,
        estimates.filter((estimate) => estimate.metric === metric),
        styles,
      ),
    ),
    ...levelsOf('costNs', "router's own cost per packet", routerCosts, styles),
  ]
}
