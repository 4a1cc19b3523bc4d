/** Latency by percentile: latency on a logarithmic axis, percentiles stretched towards the tail. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import { lineThrough, pixelScale, renderArea, renderPlot, type PlotAxis } from '../../page/plot.ts'
import { axisLabel } from '../../page/theme.ts'
import { logTicks } from '../../page/ticks.ts'
import { formatDuration } from '../../words/numbers.ts'
import type { Curve, CurvesView } from '../view/percentiles.ts'

const percentiles = ['0', '50', '90', '99', '99.9', '99.99', '99.999', '99.9999']
const ninesOf = (percentile: string): number => -Math.log10(1 - Number(percentile) / 100)

const latencyLabel = (ns: number): string => axisLabel(formatDuration(ns))

/** It fits a telephone and stands in two columns on a page. */
const area = { left: 66, top: 6, width: 310, height: 240 }

const latencyAxis = (low: number, high: number): PlotAxis => ({
  at: pixelScale([low, high], [area.left, area.left + area.width], true),
  ticks: logTicks(low, high, 6).map((at) => ({ at, label: latencyLabel(at) })),
  hasGrid: true,
})

const percentileAxis = (most: number): PlotAxis => ({
  at: pixelScale([0, most], [area.top + area.height, area.top]),
  ticks: percentiles.map((label) => ({ at: ninesOf(label), label })).filter(({ at }) => at <= most),
  title: 'percentile',
  hasGrid: true,
})

const curveOf = ({ style, points }: Curve, x: PlotAxis, y: PlotAxis): Html =>
  markup`<path d="${lineThrough(points.map(({ latencyNs, nines }) => [x.at(latencyNs), y.at(nines)]))}" fill="none" stroke="${colour(style.colour)}" stroke-width="2"${style.dash.length > 0 ? markup` stroke-dasharray="${style.dash.join(' ')}"` : undefined}><title>${style.label}</title></path>`

/** The chart. */
export const percentileCurves = ({ curves }: CurvesView): Html => {
  const points = curves.flatMap(({ points: own }) => own)
  const latencies = points.map(({ latencyNs }) => latencyNs)
  const x = latencyAxis(Math.min(...latencies) * 0.95, Math.max(...latencies) * 1.05)
  const y = percentileAxis(Math.max(...points.map(({ nines }) => nines)))
  const content = curves.map((curve) => curveOf(curve, x, y))
  return renderPlot(390, 272, renderArea(area, x, y, content))
}
