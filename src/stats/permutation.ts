import type { RandomSource } from './random.ts'
import { signedRanksOf } from './signed-ranks.ts'
import { significance } from './significance.ts'

export interface SignFlip {
  /** Two-sided; null where not even the most extreme outcome would be significant. */
  readonly pValue: number | null
  readonly method: string
}

/** Up to this many signs, every combination of them is tried. */
const mostEnumerated = 14

/** Random combinations of signs tried where there are more. */
const randomFlips = 9999

/** Share of all combinations of signs whose sum is at least as far from 0 as the one observed. */
const enumerated = (units: readonly number[]): number => {
  const observed = Math.abs(units.reduce((sum, unit) => sum + unit, 0))
  const signs = units.map(() => 1)
  // Opposite combinations have opposite sums, so that the first sign can stay as it is.
  const combinations = 2 ** (units.length - 1)
  let sum = units.reduce((total, unit) => total + unit, 0)
  let extreme = 0
  for (let combination = 1; ; combination++) {
    if (Math.abs(sum) >= observed) extreme++
    if (combination === combinations) return extreme / combinations
    // Gray code: one sign flips from one combination to the next, that of the lowest bit set.
    const flipped = units.length - 1 - Math.log2(combination & -combination)
    sum -= 2 * signs[flipped]! * units[flipped]!
    signs[flipped]! *= -1
  }
}

/**
 * The same by chance. The observed combination counts as one of those drawn, so that p is never 0
 * (Phipson, Smyth 2010, "Permutation p-values should never be zero", Stat. Appl. Genet. Mol. Biol. 9).
 */
const drawn = (units: readonly number[], random: RandomSource): number => {
  const total = units.reduce((sum, unit) => sum + unit, 0)
  let extreme = 1
  for (let flip = 0; flip < randomFlips; flip++) {
    let kept = 0
    let bits = 0
    for (let unit = 0; unit < units.length; unit++) {
      if (unit % 32 === 0) bits = random() * 2 ** 32
      // A product, as a processor cannot guess which way a branch on a random bit goes.
      kept += ((bits >>> (unit % 32)) & 1) * units[unit]!
    }
    if (Math.abs(2 * kept - total) >= Math.abs(total)) extreme++
  }
  return extreme / (randomFlips + 1)
}

const canBeSignificant = (units: number, family: number): boolean =>
  units > 0 && 2 ** (1 - units) * family < significance

/**
 * Tests whether log-ratios lie evenly about 0: how often random signs would give a sum of signed ranks
 * as far from 0.
 *
 * The blocks of a round share that round's luck, so that a whole round takes one sign (Rosner, Glynn,
 * Lee 2006, "The Wilcoxon signed rank test for paired comparisons of clustered data", Biometrics 62).
 * k rounds can give no p below 2^(1−k). Where that could not be significant once adjusted, each block
 * takes a sign of its own: p then says nothing of luck that a round's blocks share, and is too small
 * where rounds differ. The interval, which always goes by rounds, has the last word there.
 *
 * @param rounds finite log-ratios by round
 * @param family number of comparisons that p is to be adjusted over
 */
export const signFlipTest = (
  rounds: readonly (readonly number[])[],
  random: RandomSource,
  family = 1,
): SignFlip => {
  const measured = rounds.filter((round) => round.length > 0)
  const ranks = [...signedRanksOf(measured.flat())]
  let next = 0
  const byRound = measured.map((round) =>
    ranks.slice(next, (next += round.length)).reduce((sum, rank) => sum + rank, 0),
  )
  const isByRound = canBeSignificant(byRound.length, family)
  const units = isByRound ? byRound : ranks
  const what = isByRound ? 'rounds' : 'blocks, as if rounds did not differ'
  if (!canBeSignificant(units.length, family)) {
    return { pValue: null, method: `no test: ${units.length} blocks are too few` }
  }
  return units.length <= mostEnumerated
    ? { pValue: enumerated(units), method: `sign flips of ${units.length} ${what}: all combinations` }
    : { pValue: drawn(units, random), method: `sign flips of ${units.length} ${what}: ${randomFlips} drawn` }
}
