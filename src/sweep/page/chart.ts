/** A metric over a setting: a curve a path with its interval, and below it the change to the baseline. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import {
  type Area,
  dotsAt,
  lineThrough,
  pixels,
  pixelScale,
  type PlotAxis,
  renderArea,
  renderPlot,
} from '../../page/plot.ts'
import { signedLabel, type Breadth } from '../../page/theme.ts'
import { linearTicks } from '../../page/ticks.ts'
import { formatCount, formatNumber } from '../../words/numbers.ts'
import type { ChartLine, ChartPoint, CurveChartView } from './chart-view.ts'

const shapes = { wide: { width: 400, height: 170 }, narrow: { width: 288, height: 150 } }
const [left, gap] = [60, 16]

/** Fewer labels than values, where there are many. */
const mostTicks = { wide: 8, narrow: 4 }

/** The units of axes: so many of the metric's own unit are one of the axis's. */
const axisUnits: Readonly<Record<string, { readonly factor: number; readonly words: string }>> = {
  pps: { factor: 1000, words: 'kpps' },
  rps: { factor: 1000, words: '1,000 requests/s' },
  ns: { factor: 1000, words: 'µs' },
}

/** The place of a point along the setting. */
type Across = (x: ChartPoint['x']) => number

/** The chart. */
export function curveChart(view: CurveChartView, breadth: Breadth): Html {
  const { width, height } = shapes[breadth]
  const { factor, words } = axisUnits[view.unit] ?? { factor: 1, words: view.unit }
  const levels = view.levels.map((line) => scaledBy(line, factor))
  const across = acrossOf(view, width)
  const x = xAxis(view, breadth, across)
  const hasChanges = view.changes.length > 0
  const area = (top: number): Area => ({ left, top, width, height })
  const below = 8 + height + gap
  const upper = panelOf(levels, area(8), across, hasChanges ? bare(x) : x, words, true)
  const lower = hasChanges ? panelOf(view.changes, area(below), across, x, 'change, %', false) : undefined
  return renderPlot(left + width + 10, (hasChanges ? below : 8) + height + 42, [upper, lower])
}

const bare = ({ at }: PlotAxis): PlotAxis => ({ at, ticks: [], hasGrid: false })

const scaledBy = ({ style, points }: ChartLine, factor: number): ChartLine => ({
  style,
  points: points.map(({ x, value, low, high }) => ({
    x,
    ...{ value: value / factor, low: low / factor, high: high / factor },
  })),
})

/** The figures' own axis; from zero for levels, around it for changes. */
function yAxis(
  lines: readonly ChartLine[],
  { top, height }: Area,
  title: string,
  isLevel: boolean,
): PlotAxis {
  const ends = lines.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]))
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const air = (most - least) * 0.05 || 1
  const domain = [isLevel && least === 0 ? 0 : least - air, most + air] as const
  const label = isLevel ? tickLabel : signedLabel
  return {
    at: pixelScale(domain, [top + height, top]),
    ticks: linearTicks(...domain, 5).map((at) => ({ at, label: label(at) })),
    title,
    hasGrid: true,
  }
}

function panelOf(
  lines: readonly ChartLine[],
  area: Area,
  across: Across,
  x: PlotAxis,
  title: string,
  isLevel: boolean,
): Html {
  const y = yAxis(lines, area, title, isLevel)
  const zero = isLevel
    ? undefined
    : markup`<line x1="${left}" x2="${left + area.width}" y1="${pixels(y.at(0))}" y2="${pixels(y.at(0))}" stroke="${colour('baseline')}"/>`
  return renderArea(area, x, y, [zero, lines.map((line) => lineOf(line, across, y.at))])
}

function lineOf({ style, points }: ChartLine, across: Across, y: PlotAxis['at']): Html {
  const paint = colour(style.colour)
  const upper = points.map(({ x, high }) => [across(x), y(high)] as const)
  const lower = points.map(({ x, low }) => [across(x), y(low)] as const)
  const middle = points.map(({ x, value }) => [across(x), y(value)] as const)
  const dash = style.dash.length > 0 ? markup` stroke-dasharray="${style.dash.join(' ')}"` : undefined
  return markup`<g><title>${style.label}</title><polygon points="${[...upper, ...lower.toReversed()].map((at) => at.map(pixels).join()).join(' ')}" fill="${paint}" opacity=".18"/><path d="${lineThrough(middle)}" stroke="${paint}" stroke-width="2"${dash}/><path d="${dotsAt(middle)}" stroke="${paint}" stroke-width="6" stroke-linecap="round"/></g>`
}

/** Names stand at equal distances, numbers where they belong. */
function acrossOf({ values, scale }: CurveChartView, width: number): Across {
  const inner = [left + 8, left + width - 8] as const
  if (scale === 'names') {
    const step = (inner[1] - inner[0]) / values.length
    return (x) => inner[0] + (values.indexOf(x) + 0.5) * step
  }
  const numbers = values.map(Number)
  const at = pixelScale([Math.min(...numbers), Math.max(...numbers)], inner, scale === 'log')
  return (x) => at(Number(x))
}

function xAxis({ along, values, scale }: CurveChartView, breadth: Breadth, across: Across): PlotAxis {
  if (scale === 'names')
    return {
      at: (index) => across(values[index] ?? ''),
      ticks: values.map((value, index) => ({ at: index, label: String(value) })),
      title: along,
      hasGrid: false,
    }
  const ticks = ticksOf(values.map(Number), scale, mostTicks[breadth])
  return {
    at: across,
    ticks: ticks.map((at) => ({ at, label: tickLabel(at) })),
    title: along,
    hasGrid: false,
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
