/** Latency of many paths: a row per path, from its median to its tail, where curves could not be told apart. */
import { markup, type Html } from '../../page/escape.ts'
import { colour } from '../../page/palette.ts'
import { rowAxis, type RowAxis } from '../../page/row-axis.ts'
import { drawnInterval, drawnPoint, renderRows, type ChartRow } from '../../page/row-chart.ts'
import { axisLabel } from '../../page/theme.ts'
import { formatDuration } from '../../words/numbers.ts'
import type { CurvesView, Percentiles } from '../view/percentiles.ts'

const chartRow = ({ style, latencies }: Percentiles, axis: RowAxis): ChartRow => {
  const [median = 0, , tail = 0, last = 0] = latencies
  const paint = colour(style.colour)
  const marks = latencies.map((latency, index) => drawnPoint(axis, latency, paint, index === 0))
  return {
    name: style.name,
    drawing: markup`${drawnInterval(axis, median, last, paint)}${marks.toReversed()}`,
    value: formatDuration(median),
    hint: `${style.label}: median ${formatDuration(median)}, 99 % ${formatDuration(tail)}, 99.9 % ${formatDuration(last)}`,
  }
}

/** The chart: a filled point at the median, hollow ones at the 90th, 99th and 99.9th percentile. */
export const percentileRows = ({ percentiles }: CurvesView): Html => {
  const all = percentiles.flatMap(({ latencies }) => latencies)
  const [low, high] = [Math.min(...all) / 1.05, Math.max(...all) * 1.05]
  const axis = rowAxis(low, high, { label: (ns) => axisLabel(formatDuration(ns)), count: 4 }, true)
  return renderRows(
    percentiles.map((one) => chartRow(one, axis)),
    axis,
  )
}
