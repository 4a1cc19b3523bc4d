/** Delay over time: median and 99th percentile of every path. */
import type { TopLevelSpec } from 'vega-lite'
import { colour } from '../page/palette.ts'
import { type Breadth, chartConfig } from '../page/theme.ts'
import type { Soak } from '../record/soak.ts'
import type { PathStyle } from '../report/view/path-style.ts'

const shapes = { wide: { width: 760, height: 220 }, narrow: { width: 270, height: 180 } }

/** @param figure which of a stretch's figures, ns */
export function courseChart(
  { stretches }: Soak,
  styles: readonly PathStyle[],
  figure: 'p50Ns' | 'p99Ns',
  breadth: Breadth,
): TopLevelSpec {
  return {
    config: chartConfig,
    ...shapes[breadth],
    layer: styles.map(({ name, colour: paint, dash }) => ({
      data: {
        values: stretches
          .filter(({ path }) => path === name)
          .map((stretch) => ({ minutes: stretch.atS / 60, value: stretch[figure] / 1000 })),
      },
      mark: {
        type: 'line',
        strokeWidth: 2,
        color: colour(paint),
        strokeDash: [...dash],
        point: { size: 16, color: colour(paint) },
      },
      encoding: {
        x: { field: 'minutes', type: 'quantitative', axis: { title: 'minutes', grid: false } },
        y: {
          field: 'value',
          type: 'quantitative',
          scale: { zero: true },
          axis: { title: 'µs', tickCount: 5 },
        },
      },
    })),
  }
}
