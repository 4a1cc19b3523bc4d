/*
 * The sums of all pairs of a sample's values, each value paired with itself too, without making them.
 * In the square of rising values those up to a trial sum form a staircase, which one walk counts
 * (Johnson, Mizoguchi 1978, "Selecting the Kth element in X + Y and X1 + X2 + … + Xm", SIAM J. Comput. 7).
 */

/** A resample: its distinct values in rising order, each with its multiplicity and those before it. */
export interface Resample {
  readonly sorted: Float64Array
  readonly times: Float64Array
  readonly before: Float64Array
  size: number
}

/** What one walk along the staircase found of the sums of pairs. */
export interface Staircase {
  /** Number of sums ≤ the trial sum. */
  count: number
  /** The greatest sum ≤ the trial sum, and the least above it. */
  below: number
  above: number
}

/** Counts the pairs whose sum is at most `trial`, in O(size). */
const walk = ({ sorted, times, before, size }: Resample, trial: number, found: Staircase): void => {
  let count = 0
  let below = -Infinity
  let above = Infinity
  let row = 0
  let column = size - 1
  while (row <= column) {
    const sum = sorted[row]! + sorted[column]!
    if (sum <= trial) {
      const own = times[row]!
      count += own * (before[column + 1]! - before[row + 1]!) + (own * (own + 1)) / 2
      if (sum > below) below = sum
      row++
    } else {
      if (sum < above) above = sum
      column--
    }
  }
  found.count = count
  found.below = below
  found.above = above
}

/** Where to look first: the sum expected at a share of the ranks is `middle + spread · (share − ½)`. */
export interface Expectation {
  middle: number
  spread: number
}

/**
 * The sum of the given rank, from 1, among the sums of all pairs of the resample. Every trial sum
 * moves one end of the bracket to a sum that occurs, so that it ends, and ends on one.
 */
export const sumOfRank = (
  resample: Resample,
  rank: number,
  expected: Expectation,
  found: Staircase,
): number => {
  const { sorted, before, size } = resample
  const values = before[size]!
  const pairs = (values * (values + 1)) / 2
  let low = sorted[0]! * 2
  let high = sorted[size - 1]! * 2
  let countLow = 0
  let countHigh = pairs
  let isLowTried = false
  let isHighTried = false
  let trial = expected.middle + expected.spread * ((rank - 0.5) / pairs - 0.5)
  for (let step = 1; low < high; step++) {
    // A trial sum outside the bracket, or interpolation that does not close in: halve the bracket.
    if (!(trial >= low && trial < high) || step % 8 === 0) trial = low + (high - low) / 2
    if (trial >= high) trial = low
    walk(resample, trial, found)
    if (found.count >= rank) {
      high = found.below
      countHigh = found.count
      isHighTried = true
      if (countHigh === rank) return high
    } else {
      low = found.above
      countLow = found.count
      isLowTried = true
      if (countLow === rank - 1) return low
    }
    const missing = rank - 0.5 - found.count
    trial =
      isLowTried && isHighTried
        ? low + ((high - low) * (rank - 0.5 - countLow)) / (countHigh - countLow)
        : trial + (expected.spread * missing) / pairs
  }
  return low
}

/** The median of the sums of all pairs of the resample. */
export const medianSum = (resample: Resample, expected: Expectation, found: Staircase): number => {
  const values = resample.before[resample.size]!
  const pairs = (values * (values + 1)) / 2
  const middle = Math.floor((pairs + 1) / 2)
  const lower = sumOfRank(resample, middle, expected, found)
  if (pairs % 2 === 1) return lower
  walk(resample, lower, found)
  return (lower + (found.count > middle ? lower : found.above)) / 2
}
