/** A metric over a setting: a curve a path with its interval, and below it the change to the baseline. */
import type { TopLevelSpec } from 'vega-lite'
import { stepFor, stepsOf } from '../../parts/metrics/units.ts'
import { colour } from '../../page/palette.ts'
import { type Breadth, chartConfig, signedExpression } from '../../page/theme.ts'
import { formatCount, formatNumber } from '../../words/numbers.ts'
import type { ChartLine, CurveChartView } from './chart-view.ts'

const shapes = { wide: { width: 380, height: 170 }, narrow: { width: 270, height: 150 } }

/** Fewer labels than values, where there are many. */
const mostTicks = { wide: 8, narrow: 4 }

/** Thousands as k, in Vega's expression language: there is little room. */
const shortLabel = "format(datum.value, datum.value >= 10000 ? '~s' : '~')"

/** The chart's specification. */
export function curveChart(view: CurveChartView, breadth: Breadth): TopLevelSpec {
  const { factor, name } = stepFor(greatestOf(view.levels), stepsOf(view.unit))
  const levels = view.levels.map((line) => scaledBy(line, factor))
  const panels = [
    panelOf(view, breadth, levels, { title: name, zero: true, labelExpr: shortLabel }),
    ...(view.changes.length === 0
      ? []
      : [
          panelOf(view, breadth, view.changes, {
            title: 'change, %',
            zero: false,
            labelExpr: signedExpression,
          }),
        ]),
  ]
  return { config: chartConfig, vconcat: panels, spacing: 12 } as TopLevelSpec
}

const greatestOf = (lines: readonly ChartLine[]): number =>
  Math.max(0, ...lines.flatMap(({ points }) => points.map(({ value }) => value)))

const scaledBy = ({ style, points }: ChartLine, factor: number): ChartLine => ({
  style,
  points: points.map(({ x, value, low, high }) => ({
    x,
    ...{ value: value / factor, low: low / factor, high: high / factor },
  })),
})

interface YAxis {
  readonly title: string
  readonly zero: boolean
  readonly labelExpr: string | undefined
}

function panelOf(view: CurveChartView, breadth: Breadth, lines: readonly ChartLine[], axis: YAxis) {
  const x = xOf(view, breadth)
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: axis.zero, nice: true },
    axis: {
      ...{ title: axis.title, tickCount: 5, minExtent: 44, maxExtent: 44 },
      ...(axis.labelExpr === undefined ? {} : { labelExpr: axis.labelExpr }),
    },
  }
  return {
    ...shapes[breadth],
    layer: [
      ...(axis.zero
        ? []
        : [
            {
              data: { values: [{ value: 0 }] },
              mark: { type: 'rule', color: colour('baseline'), strokeWidth: 1 },
              encoding: { y },
            },
          ]),
      ...lines.flatMap(({ style, points }) => [
        {
          data: { values: points.map(({ x: at, low, high }) => ({ x: at, value: low, end: high })) },
          mark: { type: 'area', color: colour(style.colour), opacity: 0.18 },
          encoding: { x, y, y2: { field: 'end' } },
        },
        {
          data: { values: points.map(({ x: at, value }) => ({ x: at, value })) },
          mark: {
            type: 'line',
            strokeWidth: 2,
            color: colour(style.colour),
            strokeDash: [...style.dash],
            point: { filled: true, size: 26, color: colour(style.colour) },
          },
          encoding: { x, y, order: { field: 'x' } },
        },
      ]),
    ],
  }
}

function xOf({ along, values, scale }: CurveChartView, breadth: Breadth) {
  if (scale === 'names')
    return {
      field: 'x',
      type: 'ordinal',
      sort: [...values],
      axis: { title: along, labelAngle: 0, grid: false },
    }
  const ticks = ticksOf(values.map(Number), scale, mostTicks[breadth])
  const labels = JSON.stringify(Object.fromEntries(ticks.map((tick) => [tick, tickLabel(tick)])))
  return {
    field: 'x',
    type: 'quantitative',
    scale: { type: scale, nice: false, zero: false },
    axis: {
      title: along,
      values: ticks,
      labelExpr: `${labels}[datum.value]`,
      grid: false,
      labelOverlap: 'parity',
    },
  }
}

/** Values of the setting that stand far enough apart to be labelled. */
function ticksOf(values: readonly number[], scale: 'linear' | 'log', most: number): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const placeOf = (value: number) => (scale === 'log' ? Math.log(value) : value)
  const width = placeOf(sorted.at(-1)!) - placeOf(sorted[0]!)
  const ticks: number[] = []
  for (const value of sorted)
    if (ticks.length === 0 || placeOf(value) - placeOf(ticks.at(-1)!) >= width / most) ticks.push(value)
  return ticks
}

function tickLabel(value: number): string {
  if (Math.abs(value) >= 10_000 && value % 1000 === 0) return `${formatCount(value / 1000)}k`
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value, 2)
}
