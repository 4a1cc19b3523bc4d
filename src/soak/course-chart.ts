/** Delay over time: median and 99th percentile of every path. */
import type { TopLevelSpec } from 'vega-lite'
import { colour } from '../page/palette.ts'
import { type Breadth, chartConfig } from '../page/theme.ts'
import { stepFor, stepsOf } from '../parts/metrics/units.ts'
import type { Soak } from '../record/soak.ts'
import type { PathStyle } from '../report/view/path-style.ts'

const shapes = { wide: { width: 760, height: 220 }, narrow: { width: 270, height: 180 } }

/** Longer ones are shown in minutes, s. */
const longestInSeconds = 300

/** @param figure which of a stretch's figures, ns */
export function courseChart(
  { stretches, timeS }: Soak,
  styles: readonly PathStyle[],
  figure: 'p50Ns' | 'p99Ns',
  breadth: Breadth,
): TopLevelSpec {
  const unit = stepFor(Math.max(0, ...stretches.map((stretch) => stretch[figure])), stepsOf('ns'))
  const time = timeS > longestInSeconds ? { title: 'minutes', lengthS: 60 } : { title: 'seconds', lengthS: 1 }
  return {
    config: chartConfig,
    ...shapes[breadth],
    layer: styles.map(({ name, colour: paint, dash }) => ({
      data: {
        values: stretches
          .filter(({ path }) => path === name)
          .map((stretch) => ({ at: stretch.atS / time.lengthS, value: stretch[figure] / unit.factor })),
      },
      mark: {
        type: 'line',
        strokeWidth: 2,
        color: colour(paint),
        strokeDash: [...dash],
        point: { size: 16, color: colour(paint) },
      },
      encoding: {
        x: { field: 'at', type: 'quantitative', axis: { title: time.title, grid: false } },
        y: {
          field: 'value',
          type: 'quantitative',
          scale: { zero: true },
          axis: { title: unit.name, tickCount: 5 },
        },
      },
    })),
  }
}
