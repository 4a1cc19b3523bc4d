/** Median, and how far values lie from it, of values that are sorted already. */

export interface MedianAndSpread {
  readonly median: number
  /** Median of the absolute deviations, scaled so that it is the standard deviation of normal values. */
  readonly spread: number
}

/** 1 / the upper quartile of the normal distribution. */
const toStandardDeviation = 1.482602218505602

/** One value or more, rising. */
export function medianAndSpread(rising: ArrayLike<number>): MedianAndSpread {
  const { length } = rising
  const middle = length >> 1
  const median = length % 2 === 1 ? rising[middle]! : (rising[middle - 1]! + rising[middle]!) / 2
  // The deviations, least first, by going outwards from the median on both sides.
  let below = middle - 1
  let above = middle
  let deviation = 0
  let before = 0
  for (let taken = 0; taken <= middle; taken++) {
    before = deviation
    const down = below >= 0 ? median - rising[below]! : Infinity
    const up = above < length ? rising[above]! - median : Infinity
    if (down < up) below--
    else above++
    deviation = Math.min(down, up)
  }
  const middleDeviation = length % 2 === 1 ? deviation : (before + deviation) / 2
  return { median, spread: middleDeviation * toStandardDeviation }
}
