/**
 * Wilcoxon's signed ranks: the rank of each value by its distance from 0, with the value's sign.
 * Values equally far share the mean of their ranks; a 0 takes part in the ranking and counts nothing
 * (Pratt 1959, "Remarks on zeros and ties in the Wilcoxon signed rank procedures", JASA 54).
 */
export const signedRanksOf = (values: readonly number[]): Float64Array => {
  const order = values.map((_, index) => index).sort((a, b) => Math.abs(values[a]!) - Math.abs(values[b]!))
  const ranks = new Float64Array(values.length)
  for (let first = 0, next = 0; first < order.length; first = next) {
    const distance = Math.abs(values[order[first]!]!)
    while (next < order.length && Math.abs(values[order[next]!]!) === distance) next++
    // Ranks first + 1 to next.
    const shared = (first + 1 + next) / 2
    for (const index of order.slice(first, next)) ranks[index] = Math.sign(values[index]!) * shared
  }
  return ranks
}
