/** What the curves of a sweep say: how cost grows, where paths cross, within which bounds one stays. Pure. */
import { crossingOf } from '../stats/crossing.ts'
import type { Estimate } from '../stats/estimate.ts'
import { fitLine, type FitPoint } from '../stats/line-fit.ts'
import { randomSource } from '../stats/random.ts'
import { studentT } from '../stats/student-t.ts'
import type { Curve, CurvePoint, MetricCurves, SweepView } from './curves.ts'

/** How a path's cost grows with the setting. */
export interface Growth {
  readonly facet: string
  readonly path: string
  readonly metric: string
  /** ns for each further one, with its 95 % interval. */
  readonly perStep: Estimate
  /** ns where the setting is 0. */
  readonly offsetNs: number
  readonly isStraight: boolean
}

/** Where a path changes sides with the baseline. */
export interface Crossing {
  readonly facet: string
  readonly path: string
  readonly metric: string
  /** Which way the ratio to the baseline goes. */
  readonly direction: 'rises' | 'falls'
  readonly at: Estimate
}

/** Within which ratios to the baseline a path lies at every value. */
export interface Range {
  readonly facet: string
  readonly path: string
  readonly metric: string
  /** Those of the setting's values that there is a ratio at. */
  readonly values: readonly (number | string)[]
  /** The ends of all intervals. */
  readonly low: number
  readonly high: number
  /** Whether the path is known to differ from the baseline at any of the values. */
  readonly differs: boolean
}

export interface SweepFindings {
  readonly growths: readonly Growth[]
  readonly crossings: readonly Crossing[]
  readonly ranges: readonly Range[]
}

export function findingsOf({ facets, baseline }: SweepView, seed: number): SweepFindings {
  const each = <Found>(find: (curves: MetricCurves, curve: Curve) => Found | undefined) =>
    facets.flatMap(({ label, metrics }) =>
      metrics.flatMap((one) =>
        one.curves.flatMap((curve) => {
          const found = find(one, curve)
          return found === undefined ? [] : [{ facet: label, path: curve.path, metric: one.metric, ...found }]
        }),
      ),
    )
  return {
    growths: each((metric, curve) => (curve.role === 'control' ? undefined : growthOf(metric, curve))),
    crossings: each((_, curve) => (curve.path === baseline ? undefined : crossingIn(curve, seed))),
    ranges: each((_, curve) => (curve.role === 'candidate' ? rangeOf(curve) : undefined)),
  }
}

function growthOf({ unit }: MetricCurves, { points }: Curve) {
  const fitted = points.flatMap((point) => fitPointOf(unit, point))
  const fit = fitLine(fitted)
  return fit === undefined
    ? undefined
    : { perStep: fit.slope, offsetNs: fit.offset, isStraight: fit.isStraight }
}

/** A point in ns: of a rate, the time that each takes. */
function fitPointOf(unit: string, { x, estimate }: CurvePoint): FitPoint[] {
  const error = standardErrorOf(estimate)
  if (typeof x !== 'number' || error === undefined) return []
  const degreesOfFreedom = estimate.n - 1
  if (unit === 'ns') return [{ x, y: estimate.estimate, standardError: error, degreesOfFreedom }]
  if (unit !== 'pps' || estimate.estimate <= 0) return []
  const y = 1e9 / estimate.estimate
  return [{ x, y, standardError: (y * error) / estimate.estimate, degreesOfFreedom }]
}

/** Of an estimate with a 95 % interval. An interval of no width tells of no accuracy. */
function standardErrorOf({ low, high, n }: Estimate): number | undefined {
  if (low === null || high === null || high <= low || n < 2) return undefined
  return (high - low) / 2 / studentT(0.95, n - 1)
}

function crossingIn({ points }: Curve, seed: number): Pick<Crossing, 'at' | 'direction'> | undefined {
  const placed = points.flatMap(({ x, comparison }) => {
    const ratio = comparison?.ratio
    if (typeof x !== 'number' || ratio === undefined || ratio.low === null || ratio.high === null) return []
    const [y, low, high] = [ratio.estimate, ratio.low, ratio.high].map(Math.log) as [number, number, number]
    return [{ x, y, standardError: (high - low) / 2 / studentT(0.95, Math.max(1, ratio.n - 1)), low, high }]
  })
  const sorted = placed.toSorted((a, b) => a.x - b.x)
  const at = crossingOf(sorted, ({ low, high }) => low > 0 || high < 0, randomSource(seed))
  return at === undefined ? undefined : { at, direction: sorted[0]!.y < 0 ? 'rises' : 'falls' }
}

function rangeOf({ points }: Curve): Pick<Range, 'values' | 'low' | 'high' | 'differs'> | undefined {
  const placed = points.flatMap(({ x, comparison }) => {
    const { low = null, high = null } = comparison?.ratio ?? {}
    return low === null || high === null ? [] : [{ x, low, high }]
  })
  if (placed.length < 2) return undefined
  return {
    values: placed.map(({ x }) => x),
    low: Math.min(...placed.map(({ low }) => low)),
    high: Math.max(...placed.map(({ high }) => high)),
    differs: placed.some(({ low, high }) => low > 1 || high < 1),
  }
}
