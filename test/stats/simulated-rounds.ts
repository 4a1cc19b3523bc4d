import type { RandomSource } from '../../src/stats/random.ts'

/** A draw from the standard normal distribution (Box, Muller 1958). */
export const normal = (random: RandomSource): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The log of one trial's value: 1 % of normal noise, and in one trial of seven a lognormal burst. */
const trial = (random: RandomSource): number =>
  0.01 * normal(random) + (random() < 0.15 ? 0.02 * Math.exp(normal(random)) : 0)

/** Standard error of the estimate from one round of ten such log-ratios. */
export const roundError = 0.0063

/**
 * Log-ratios of two paths that are equal but for each round's luck.
 *
 * @param luck how far rounds differ, in `roundError`s
 */
export const simulatedRounds = (
  random: RandomSource,
  { rounds, blocks = 10, luck }: { rounds: number; blocks?: number; luck: number },
): number[][] =>
  Array.from({ length: rounds }, () => {
    const shared = luck * roundError * normal(random)
    return Array.from({ length: blocks }, () => shared + trial(random) - trial(random))
  })
