/** The slope of a series that no single value can bend. */
import type { Estimate } from './estimate.ts'

/** Two-sided 95 % of the normal distribution. */
const normal95 = 1.959964

/** With fewer values the interval would be all of the slopes there are. */
const fewest = 5

/**
 * The median of the slopes between all pairs, with its interval by Kendall's tau.
 *
 * Source: P. K. Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", J. Amer. Stat. Assoc. 63.
 *
 * @returns undefined for fewer than five points
 */
export function theilSen(
  points: readonly { readonly x: number; readonly y: number }[],
): Estimate | undefined {
  const n = points.length
  if (n < fewest) return undefined
  const slopes = points
    .flatMap((a, index) => points.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x)))
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b)
  const count = slopes.length
  const spread = normal95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const at = (rank: number) => slopes[Math.min(count - 1, Math.max(0, rank))] ?? 0
  return {
    estimate: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    low: at(Math.floor((count - spread) / 2) - 1),
    high: at(Math.ceil((count + spread) / 2)),
    method: "median of pairwise slopes, interval by Kendall's tau",
    n,
  }
}
