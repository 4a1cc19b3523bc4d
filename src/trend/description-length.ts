/**
 * A second opinion on changes of level, without any significance: values are put into the groups that
 * describe them in the fewest bits, as FD.io CSIT does with its library jumpavg. A group costs the bits of its
 * size, its mean and its spread, and its values the bits that say where about the mean they lie; a new
 * group pays for itself where it saves more of the latter.
 *
 * Source: Polak, "jumpavg", the anomaly detection of FD.io CSIT's trending, docs.fd.io/csit; Rissanen 1978, "Modeling
 * by shortest data description", Automatica 14(5).
 */

/** Values of 1 are taken for the finest difference that there is. */
interface Sums {
  readonly size: number
  readonly sum: number
  readonly squares: number
}

/** ln Γ(n / 2) for whole n from 1, by Γ(x + 1) = x·Γ(x). */
const halfGammas: number[] = [NaN, Math.log(Math.PI) / 2, 0]

function lnHalfGamma(n: number): number {
  for (let next = halfGammas.length; next <= n; next++)
    halfGammas.push(halfGammas[next - 2]! + Math.log(next / 2 - 1))
  return halfGammas[n]!
}

/**
 * Bits that a group takes.
 *
 * @param most greatest of all values
 * @param previousMean of the group before it; undefined for the first. Groups with much the same mean are
 *   the less expected
 */
export function groupBits(
  { size, sum, squares }: Sums,
  most: number,
  previousMean: number | undefined,
): number {
  const mean = sum / size
  const ofSize = Math.log(size * (size + 1))
  const ofMean =
    Math.log(most + 1) +
    (previousMean === undefined ? 0 : Math.log(most / (Math.abs(mean - previousMean) + 1)))
  if (size === 1) return (ofSize + ofMean) / Math.LN2
  // Mean and standard deviation leave the values on a sphere of size − 2 dimensions: its area is what is left to say.
  const deviation = Math.sqrt(Math.max(0, squares / size - mean * mean))
  const ofValues =
    Math.LN2 +
    ((size - 1) / 2) * Math.log(Math.PI) -
    lnHalfGamma(size - 1) +
    (size - 2) * (Math.log(deviation + 1) + Math.log(size) / 2)
  return (ofSize + ofMean + Math.log(most + 1) + ofValues) / Math.LN2
}

/**
 * Where groups begin, the first left out. The best grouping of the first values is extended by one group at
 * a time, which takes O(n²).
 *
 * @param values from 0
 */
export function groupStarts(values: readonly number[]): number[] {
  const most = Math.max(...values)
  if (!(most > 0)) return []
  const sums = [0]
  const squares = [0]
  for (const value of values) {
    sums.push(sums.at(-1)! + value)
    squares.push(squares.at(-1)! + value * value)
  }
  // Of the best grouping of the values before an index: its bits, its last group's start and mean.
  const bits = [0]
  const starts = [0]
  const means: (number | undefined)[] = [undefined]
  for (let end = 1; end <= values.length; end++) {
    let least = Infinity
    let start = 0
    for (let from = 0; from < end; from++) {
      const group = {
        size: end - from,
        sum: sums[end]! - sums[from]!,
        squares: squares[end]! - squares[from]!,
      }
      const all = bits[from]! + groupBits(group, most, means[from])
      if (all < least) {
        least = all
        start = from
      }
    }
    bits.push(least)
    starts.push(start)
    means.push((sums[end]! - sums[start]!) / (end - start))
  }
  const found: number[] = []
  for (let end = values.length; starts[end]! > 0; end = starts[end]!) found.unshift(starts[end]!)
  return found
}
