/** Where a curve that is known at some places crosses zero. */
import { probit } from 'simple-statistics'
import type { Estimate } from './estimate.ts'
import type { RandomSource } from './random.ts'

/** What was measured at one place. */
export interface CurvePoint {
  readonly x: number
  readonly y: number
  /** Standard error of y. */
  readonly standardError: number
}

const draws = 2000

/**
 * The place where a curve goes from one side of zero to the other, between two places at which it is known to lie on
 * different sides; straight lines join the points. The interval holds 95 % of the places that come of drawing each
 * point anew from its accuracy.
 *
 * @param points in the order of x
 * @param isSure whether a point is known to lie on its side
 * @returns undefined where no two neighbours among the sure ones lie on different sides
 */
export function crossingOf<Point extends CurvePoint>(
  points: readonly Point[],
  isSure: (point: Point) => boolean,
  random: RandomSource,
): Estimate | undefined {
  const bracket = sureBracket(points, isSure)
  if (bracket === undefined) return undefined
  const estimate = firstZero(bracket)
  if (estimate === undefined) return undefined
  const drawn = Array.from({ length: draws }, () =>
    firstZero(bracket.map(({ x, y, standardError }) => ({ x, y: y + standardError * probit(random()) }))),
  )
    .filter((x) => x !== undefined)
    .toSorted((a, b) => a - b)
  const at = (share: number) =>
    drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))] ?? estimate
  return { estimate, low: at(0.025), high: at(0.975), method: 'redrawn points', n: bracket.length }
}

/** From the last sure point on one side to the first on the other, with what lies between. */
function sureBracket<Point extends CurvePoint>(
  points: readonly Point[],
  isSure: (point: Point) => boolean,
): readonly Point[] | undefined {
  const sure = points.flatMap((point, index) => (isSure(point) ? [index] : []))
  for (const [place, index] of sure.entries()) {
    const next = sure[place + 1]
    if (next !== undefined && points[index]!.y * points[next]!.y < 0) return points.slice(index, next + 1)
  }
  return undefined
}

function firstZero(points: readonly Pick<CurvePoint, 'x' | 'y'>[]): number | undefined {
  for (const [index, { x, y }] of points.entries()) {
    const next = points[index + 1]
    if (next !== undefined && y * next.y < 0) return x + ((next.x - x) * y) / (y - next.y)
  }
  return undefined
}
