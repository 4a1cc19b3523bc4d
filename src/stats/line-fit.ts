/** A straight line through points of known accuracy. */
import { studentT } from './student-t.ts'
import type { Estimate } from './estimate.ts'

/** What was measured at one place. */
export interface FitPoint {
  readonly x: number
  readonly y: number
  /** Standard error of y, above 0. */
  readonly standardError: number
  /** Values that the standard error rests on, less one. */
  readonly degreesOfFreedom: number
}

export interface LineFit {
  /** y where x is 0. */
  readonly offset: number
  /** Growth of y per unit of x, with its 95 % interval. */
  readonly slope: Estimate
  /** Whether the points lie about the line as their standard errors say: else the interval is wider by as much as they lie off. */
  readonly isStraight: boolean
}

/** So far the points may lie off, in standard errors on average, and the line still be called straight. */
const mostScatter = 2

/**
 * The line of weighted least squares. Where the points lie further off it than their standard errors say, its own is
 * larger by that factor (Birge's ratio).
 *
 * Sources: Bevington, Robinson 2003, "Data reduction and error analysis", 6.3; Birge 1932, Phys. Rev. 40, 207.
 *
 * @returns undefined for fewer than three different places
 */
export function fitLine(points: readonly FitPoint[]): LineFit | undefined {
  if (new Set(points.map(({ x }) => x)).size < 3) return undefined
  const weights = points.map(({ standardError }) => 1 / standardError ** 2)
  const sum = (valueOf: (point: FitPoint) => number) =>
    points.reduce((total, point, index) => total + weights[index]! * valueOf(point), 0)
  const weight = sum(() => 1)
  const [meanX, meanY] = [sum(({ x }) => x) / weight, sum(({ y }) => y) / weight]
  const spread = sum(({ x }) => (x - meanX) ** 2)
  const estimate = sum(({ x, y }) => (x - meanX) * (y - meanY)) / spread
  const offset = meanY - estimate * meanX
  const scatter = Math.sqrt(sum(({ x, y }) => (y - offset - estimate * x) ** 2) / (points.length - 2))
  const degreesOfFreedom = points.reduce((total, point) => total + point.degreesOfFreedom, 0)
  const half =
    studentT(0.95, scatter > 1 ? points.length - 2 + degreesOfFreedom : degreesOfFreedom) *
    Math.sqrt(1 / spread) *
    Math.max(1, scatter)
  return {
    offset,
    slope: {
      estimate,
      low: estimate - half,
      high: estimate + half,
      method: 'weighted least squares',
      n: points.length,
    },
    isStraight: scatter <= mostScatter,
  }
}
