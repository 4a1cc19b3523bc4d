/** The course of a series: points with intervals, levels as steps, changes and outliers marked. */
import { markup, type Html } from '../../page/escape.ts'
import { colour, type ColourName } from '../../page/palette.ts'
import { dotsAt, pixels, pixelScale, type PlotAxis, renderArea, renderPlot } from '../../page/plot.ts'
import { signedLabel, type Breadth } from '../../page/theme.ts'
import { linearTicks } from '../../page/ticks.ts'
import type { ChartView } from './chart-view.ts'

const shapes = {
  wide: { width: 890, height: 220, everyTick: 1, dot: 5 },
  narrow: { width: 296, height: 180, everyTick: 2, dot: 3.5 },
}
const [left, top] = [58, 8]

type Scale = PlotAxis['at']

const upright = (runs: readonly number[], x: Scale, height: number): string =>
  runs.map((run) => `M${pixels(x(run - 0.5))} ${top}v${height}`).join('')

const uprightLines = (runs: readonly number[], x: Scale, height: number, look: Html): Html | undefined =>
  runs.length === 0 ? undefined : markup`<path d="${upright(runs, x, height)}" ${look}/>`

const changeLines = ({ changes }: ChartView, x: Scale, height: number): (Html | undefined)[] =>
  ([true, false] as const).map((isWorse) => {
    const runs = changes.filter((one) => one.isWorse === isWorse).map(({ run }) => run)
    const paint: ColourName = isWorse ? 'worse' : 'better'
    return uprightLines(runs, x, height, markup`stroke="${colour(paint)}" stroke-width="2"`)
  })

const pointsOf = ({ points }: ChartView, x: Scale, y: Scale, dot: number): Html => {
  const whiskers = points.map(
    ({ run, low, high }) => `M${pixels(x(run))} ${pixels(y(low))}V${pixels(y(high))}`,
  )
  const dots = dotsAt(points.map(({ run, change }) => [x(run), y(change)]))
  const paint = colour('candidate1')
  return markup`<path d="${whiskers.join('')}" stroke="${paint}" stroke-width="${dot / 2.5}" opacity=".35"/><path d="${dots}" stroke="${paint}" stroke-width="${dot}" stroke-linecap="round"/>`
}

const levelsOf = ({ levels }: ChartView, x: Scale, y: Scale): Html =>
  markup`<path d="${levels.map(({ from, to, change }) => `M${pixels(x(from - 0.5))} ${pixels(y(change))}H${pixels(x(to + 0.5))}`).join('')}" stroke="${colour('ink')}" stroke-width="2.5"/>`

const gapsOf = ({ gaps }: ChartView, x: Scale, foot: number): Html | undefined =>
  gaps.length === 0
    ? undefined
    : markup`<path d="${gaps.map((run) => `M${pixels(x(run) - 3)} ${foot - 3}l6 6m0-6l-6 6`).join('')}" stroke="${colour('worse')}" stroke-width="2"/>`

const outliersOf = ({ outliers }: ChartView, x: Scale, y: Scale): Html | undefined =>
  outliers.length === 0
    ? undefined
    : markup`<path d="${outliers.map(({ run, change }) => `M${pixels(x(run))} ${pixels(y(change) - 5)}l5 5l-5 5l-5-5z`).join('')}" fill="none" stroke="${colour('warning')}" stroke-width="2"/>`

/** What lies beyond the axis is drawn at its edge. */
const clampedScale = ([low, high]: readonly [number, number], height: number): Scale => {
  const scale = pixelScale([low, high], [top + height, top])
  return (value) => scale(Math.min(high, Math.max(low, value)))
}

/** The chart. */
export const trendChart = (view: ChartView, breadth: Breadth): Html => {
  const { width, height, everyTick, dot } = shapes[breadth]
  const at = pixelScale([-0.5, view.runCount - 0.5], [left, left + width])
  const ticks = view.ticks
    .filter((_, index) => index % everyTick === 0)
    .map(({ run, label }) => ({ at: run, label }))
  const yAt = clampedScale(view.domain, height)
  const yTicks = linearTicks(...view.domain, 6).map((value) => ({ at: value, label: signedLabel(value) }))
  const dashed = markup`stroke="${colour('quiet')}" stroke-dasharray="2 3"`
  const content = [
    uprightLines(view.conditions, at, height, dashed),
    changeLines(view, at, height),
    pointsOf(view, at, yAt, dot),
    levelsOf(view, at, yAt),
    gapsOf(view, at, top + height),
    outliersOf(view, at, yAt),
  ]
  const x = { at, ticks, hasGrid: false }
  const y = { at: yAt, ticks: yTicks, title: 'change, %', hasGrid: true }
  const area = { left, top, width, height }
  return renderPlot(left + width + 8, top + height + 26, renderArea(area, x, y, content))
}
