/** What the chart of a metric over a setting shows. Pure. */
import type { PathStyle } from '../../report/view/path-style.ts'
import { isNumeric, type MetricCurves, type SweepView } from '../curves.ts'

export interface ChartPoint {
  readonly x: number | string
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface ChartLine {
  readonly style: PathStyle
  readonly points: readonly ChartPoint[]
}

export interface CurveChartView {
  readonly unit: string
  /** The setting's name. */
  readonly along: string
  readonly values: readonly (number | string)[]
  readonly scale: 'linear' | 'log' | 'names'
  /** Every path's own figures. */
  readonly levels: readonly ChartLine[]
  /** Percent against the baseline, of those that are compared with it. */
  readonly changes: readonly ChartLine[]
}

/** From here on the least value of a setting would be squeezed into a corner. */
const logFrom = 20

/** The view of one metric in one facet. */
export function curveChartView(
  { along }: Pick<SweepView, 'along'>,
  { unit, curves }: MetricCurves,
  styles: readonly PathStyle[],
): CurveChartView {
  const lines = curves.flatMap((curve) => {
    const style = styles.find(({ name }) => name === curve.path)
    return style === undefined || curve.points.length === 0 ? [] : [{ style, points: curve.points }]
  })
  return {
    unit,
    along: along.name,
    values: along.values,
    scale: scaleOf(along),
    levels: lines.map(({ style, points }) => ({
      style,
      points: points.map(({ x, estimate: { estimate, low, high } }) => ({
        x,
        ...{ value: estimate, low: low ?? estimate, high: high ?? estimate },
      })),
    })),
    changes: lines.flatMap(({ style, points }) => {
      const own = points.flatMap(({ x, comparison }) => {
        if (comparison === undefined) return []
        const { estimate, low, high } = comparison.ratio
        const [value, from, to] = [estimate, low ?? estimate, high ?? estimate].map(percent)
        return [{ x, value: value!, low: from!, high: to! }]
      })
      return own.length === 0 ? [] : [{ style, points: own }]
    }),
  }
}

const percent = (ratio: number): number => (ratio - 1) * 100

function scaleOf(along: SweepView['along']): CurveChartView['scale'] {
  if (!isNumeric(along)) return 'names'
  const numbers = along.values.map(Number)
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  return least > 0 && most / least >= logFrom ? 'log' : 'linear'
}
