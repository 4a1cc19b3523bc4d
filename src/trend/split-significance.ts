/** How often chance alone would split values as well as that. */
import { randomSource } from '../stats/random.ts'
import { varianceInflation } from './dependence.ts'
import { bestSplit, fewestOnASide, type Centred, type Split } from './split.ts'

/** A test that ends in a rejection tries this many orders for each one that it may find as good. */
const exceedances = 3

/** How many times the level a p-value by `roughly` may be for a test to be worth its while. */
const benefitOfDoubt = 2

/**
 * Roughly the p-value of a best split's statistic, without a test.
 *
 * The statistic's share of its greatest value is a share of variance explained. Its log-likelihood,
 * −n·ln(1 − share), had one and the same tail in 300,000 simulations for each of 12 to 128 normal values:
 * 11.3 to 12.1 were passed by 1 in 100, 16.4 to 16.8 by 1 in 1,000, 21.1 to 22.2 by 1 in 10,000. Uniform, two-valued
 * and heavy-tailed values (t with 3 degrees of freedom, drawn in) gave the same or more.
 */
export function roughly(statistic: number, length: number): number {
  const unexplained = Math.max(0, 1 - Math.max(0, statistic) / (length - 1))
  return Math.min(1, Math.exp((2 + length * Math.log(unexplained)) / 2.1))
}

/**
 * The p-value of a best split, or undefined where it is not significant at `level`.
 *
 * Values that have no change among them are as likely in any order as in theirs. So the p-value is the share
 * of orders whose *best* split is as good as the one observed: that the best of many splits was chosen is
 * thereby paid for, as every order chooses too. The observed order counts as one of those tried (Phipson,
 * Smyth 2010), which makes the test exact for any number of them. It ends as soon as too many
 * were as good (Besag, Clifford 1991, "Sequential Monte Carlo p-values", Biometrika 78).
 *
 * Where neighbours are alike, orders drawn at random are not, and are too mild a test. What the split must be as good as
 * is then less than what was observed, by as much as the means of such values stray further.
 *
 * @param split the best
 * @param seed the same values, level and seed give the same answer
 */
export function splitSignificance(
  window: Centred,
  split: Split,
  level: number,
  seed: number,
): number | undefined {
  const { length } = window.deviations
  const isHopeless = (value: number): boolean => roughly(value, length) > benefitOfDoubt * level
  if (isHopeless(split.statistic)) return undefined
  const statistic = split.statistic / varianceInflation(window, split)
  if (isHopeless(statistic)) return undefined
  const random = randomSource(seed)
  const order = { ...window, deviations: window.deviations.slice() }
  const orders = Math.ceil(exceedances / level)
  let asGood = 1
  for (let tried = 1; tried < orders; tried++) {
    shuffle(order.deviations, random)
    // Rounding differs from order to order.
    if (bestSplit(order).statistic >= statistic * (1 - 1e-9) && ++asGood > exceedances) return undefined
  }
  return asGood / orders
}

/**
 * The fewest values among which a change can be significant at a level: of the orders of 16 values that a
 * change parts in the middle, 2 in 12,870 part them as well.
 */
export function fewestValuesFor(level: number): number {
  let length = 2 * fewestOnASide
  while (2 / halves(length) > level) length++
  return length
}

/** In how many ways a half of the values can be chosen. */
function halves(length: number): number {
  const half = Math.floor(length / 2)
  let ways = 1
  for (let chosen = 1; chosen <= half; chosen++) ways *= (length - half + chosen) / chosen
  return ways
}

/** Every order equally likely (Fisher and Yates). */
function shuffle(values: Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1))
    const value = values[last]!
    values[last] = values[chosen]!
    values[chosen] = value
  }
}
