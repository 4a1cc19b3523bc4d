import { numericSort, quantileSorted } from 'simple-statistics'
import type { Multiplicities, ResampledEstimator } from './hodges-lehmann.ts'
import type { RandomSource } from './random.ts'

/** How far estimates from resamples spread. */
export interface Spread {
  /** Estimates from resamples of rounds and of blocks within them, rising. */
  readonly replicates: readonly number[]
  /** Standard error by the replicates. */
  readonly replicatesError: number
  /** Standard error of the estimate, by the differences between rounds. */
  readonly roundsError: number
  /** Standard error that the noise of blocks within rounds would give on its own. */
  readonly blocksError: number
  readonly rounds: number
  readonly values: number
}

/** Draws rounds with replacement; of each drawn round all blocks, or as many with replacement. */
const draw = (
  roundSizes: readonly number[],
  starts: readonly number[],
  isBlockDrawn: boolean,
  random: RandomSource,
  multiplicities: Multiplicities,
): void => {
  multiplicities.fill(0)
  for (let count = roundSizes.length; count > 0; count--) {
    const round = Math.floor(random() * roundSizes.length)
    const size = roundSizes[round]!
    const start = starts[round]!
    for (let block = 0; block < size; block++) {
      const index = start + (isBlockDrawn ? Math.floor(random() * size) : block)
      multiplicities[index] = multiplicities[index]! + 1
    }
  }
}

/**
 * Standard error by the middle 68.27 % of replicates, as a ratio has a few replicates that are wild. In
 * normal replicates that reaches one standard deviation to either side.
 */
const errorOf = (risingReplicates: readonly number[]): number =>
  (quantileSorted(risingReplicates, 0.841345) - quantileSorted(risingReplicates, 0.158655)) / 2

/**
 * Resamples rounds and then blocks within them; and, a quarter as often, rounds alone, which tells the
 * two kinds of noise apart: k rounds drawn alone vary by (k−1)/k of the estimate's variance, their
 * blocks' noise included, and drawing blocks too adds that noise a second time (Davison, Hinkley 1997,
 * "Bootstrap Methods and their Application", 3.8).
 *
 * @param roundSizes how many of the estimator's values, in their order, are each round's; two rounds
 *   or more, none empty
 * @param resamples four or more
 */
export const spreadOf = (
  roundSizes: readonly number[],
  estimator: ResampledEstimator,
  random: RandomSource,
  resamples: number,
): Spread => {
  let values = 0
  const starts = roundSizes.map((size) => (values += size) - size)
  const multiplicities = new Uint16Array(values)
  const replicate = (count: number, isBlockDrawn: boolean): number[] =>
    numericSort(
      Array.from({ length: count }, () => {
        draw(roundSizes, starts, isBlockDrawn, random, multiplicities)
        return estimator(multiplicities)
      }),
    )

  const replicates = replicate(resamples, true)
  const replicatesError = errorOf(replicates)
  const roundsAloneError = errorOf(replicate(Math.ceil(resamples / 4), false))
  const rounds = roundSizes.length
  return {
    replicates,
    replicatesError,
    roundsError: roundsAloneError * Math.sqrt(rounds / (rounds - 1)),
    blocksError: Math.sqrt(Math.max(0, replicatesError ** 2 - roundsAloneError ** 2)),
    rounds,
    values,
  }
}
