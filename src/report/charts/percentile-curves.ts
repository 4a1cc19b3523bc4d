/** Latency by percentile: latency on a logarithmic axis, percentiles stretched towards the tail. */
import type { TopLevelSpec } from 'vega-lite'

import { formatDuration } from '../../words/numbers.ts'
import { colour } from '../../page/palette.ts'
import type { CurvesView } from '../view/percentiles.ts'
import { chartConfig } from '../../page/theme.ts'

const percentiles = ['0', '50', '90', '99', '99.9', '99.99', '99.999', '99.9999']
const ninesOf = (percentile: string): number => -Math.log10(1 - Number(percentile) / 100)

/** 1, 2 and 5 of each decade within the domain, few enough to stand side by side. */
const latencyTicks = (low: number, high: number): number[] => {
  const decades = Array.from({ length: 12 }, (_, power) => 10 ** power)
  const within = (steps: readonly number[]): number[] =>
    decades
      .flatMap((decade) => steps.map((step) => step * decade))
      .filter((tick) => tick >= low && tick <= high)
  const candidates = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]].map(within)
  return candidates.find((ticks) => ticks.length <= 6) ?? candidates.at(-1) ?? []
}

/** `10.0 µs` reads as `10 µs` on an axis. */
const tickLabel = (ns: number): string => formatDuration(ns).replace(/\.0+(?= )|(?<=\.\d)0+(?= )/, '')

const lookUp = (pairs: readonly (readonly [number, string])[], digits: number): string =>
  `${JSON.stringify(Object.fromEntries(pairs.map(([at, text]) => [at.toFixed(digits), text])))}[format(datum.value, '.${digits}f')]`

/** The chart's specification; it fits a telephone and stands in two columns on a page. */
export const percentileCurves = ({ curves }: CurvesView): TopLevelSpec => {
  const points = curves.flatMap(({ points: own }) => own)
  const low = Math.min(...points.map(({ latencyNs }) => latencyNs)) * 0.95
  const high = Math.max(...points.map(({ latencyNs }) => latencyNs)) * 1.05
  const most = Math.max(...points.map(({ nines }) => nines))
  const ticks = latencyTicks(low, high)
  const levels = percentiles.filter((percentile) => ninesOf(percentile) <= most)
  return {
    width: 340,
    height: 240,
    config: chartConfig,
    layer: curves.map(({ style, points: own }) => ({
      data: { values: [...own] },
      mark: {
        type: 'line',
        strokeWidth: 2,
        color: colour(style.colour),
        strokeDash: [...style.dash],
        interpolate: 'linear',
      },
      encoding: {
        order: { field: 'nines' },
        x: {
          field: 'latencyNs',
          type: 'quantitative',
          scale: { type: 'log', domain: [low, high], nice: false },
          axis: {
            title: null,
            values: ticks,
            labelExpr: lookUp(
              ticks.map((tick) => [tick, tickLabel(tick)]),
              0,
            ),
          },
        },
        y: {
          field: 'nines',
          type: 'quantitative',
          scale: { domain: [0, most] },
          axis: {
            title: 'percentile',
            values: levels.map(ninesOf),
            labelExpr: lookUp(
              levels.map((level) => [ninesOf(level), level]),
              3,
            ),
          },
        },
      },
    })),
  }
}
