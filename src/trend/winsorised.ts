import { medianAndSpread } from './spread-about-median.ts'

/** Spreads from the median beyond which a value is drawn in to there. */
const mostSpreads = 4

/**
 * Values with those that lie far out drawn in. As this depends on the values alone and not on their order, a
 * permutation test of what comes out is as exact as one of the values themselves.
 *
 * @param rising the same, least first
 * @param space where the result goes: as long, or longer
 */
export function winsorised(
  values: readonly number[],
  rising: ArrayLike<number>,
  space: Float64Array<ArrayBuffer> = new Float64Array(values.length),
): Float64Array {
  const { median, spread } = medianAndSpread(rising)
  const least = median - mostSpreads * spread
  const most = median + mostSpreads * spread
  // Where more than half of the values are alike, nothing says what is far.
  const isAnyFar = spread > 0 && (rising[0]! < least || rising[rising.length - 1]! > most)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    space[index] = isAnyFar ? Math.min(most, Math.max(least, value)) : value
  }
  return space.subarray(0, values.length)
}
