/** Bounds of what chance gives when each of n draws falls to one side with probability p. */

/**
 * The fewest and most successes of a binomial distribution, each tail beyond them holding at most
 * alpha / 2. Exact, by summing the probabilities.
 *
 * @param n draws, 0 or more
 * @param p probability of success, 0 < p <= 1
 * @param alpha how rarely chance may fall outside
 */
export function binomialBounds(n: number, p: number, alpha: number): { least: number; most: number } {
  if (p >= 1) return { least: n, most: n }
  const probabilities = binomialProbabilities(n, p)
  let least = 0
  for (let tail = probabilities[0] ?? 1; tail <= alpha / 2 && least < n; least += 1)
    tail += probabilities[least + 1] ?? 0
  let most = n
  for (let tail = probabilities[n] ?? 1; tail <= alpha / 2 && most > 0; most -= 1)
    tail += probabilities[most - 1] ?? 0
  return { least, most }
}

/**
 * Whether so many successes are more than chance gives, by Chernoff's bound on the binomial tail,
 * P(X ≥ k) ≤ exp(−n·D(k/n ‖ p)): true only where they are rarer than alpha.
 *
 * Source: Chernoff 1952, "A measure of asymptotic efficiency for tests of a hypothesis based on the sum of
 * observations", Ann. Math. Stat. 23.
 */
export function isMoreThanChance(
  successes: number,
  draws: number,
  probability: number,
  alpha: number,
): boolean {
  const share = successes / draws
  if (draws === 0 || share <= probability) return false
  if (probability <= 0) return true
  const divergence =
    share * Math.log(share / probability) +
    (share < 1 ? (1 - share) * Math.log((1 - share) / (1 - probability)) : 0)
  return draws * divergence > -Math.log(alpha)
}

/** P(k) for k = 0 … n, through logarithms: p^n underflows for the n of a long run. */
function binomialProbabilities(n: number, p: number): number[] {
  const probabilities: number[] = []
  let logarithm = n * Math.log1p(-p)
  for (let k = 0; k <= n; k += 1) {
    probabilities.push(Math.exp(logarithm))
    logarithm += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return probabilities
}
