import type { Histogram } from './generator.ts'

/** Index and count of every bucket that holds something. */
const bucketsOf = (histogram: Histogram): [number, number][] =>
  Array.from({ length: histogram.buckets.length / 2 }, (_, i) => [
    histogram.buckets[2 * i]!,
    histogram.buckets[2 * i + 1]!,
  ])

/** Smallest value, ns, that belongs in the bucket: written from the layout's definition, not from the C. */
export const lowestOf = (index: number): number => {
  const exponent = Math.max(0, Math.floor(index / 1024) - 1)
  return (index - exponent * 1024) * 2 ** exponent
}

/** Values that the buckets hold. */
export const countOf = (histogram: Histogram): number =>
  bucketsOf(histogram).reduce((sum, [, count]) => sum + count, 0)

/** Values in buckets that begin at `valueNs` or above. */
export const countAtLeast = (histogram: Histogram, valueNs: number): number =>
  bucketsOf(histogram).reduce((sum, [index, count]) => sum + (lowestOf(index) >= valueNs ? count : 0), 0)

/** Least and most that the sum of the values can be, going by the buckets alone. */
export const sumBounds = (histogram: Histogram): [number, number] =>
  bucketsOf(histogram).reduce<[number, number]>(
    ([low, high], [index, count]) => [low + lowestOf(index) * count, high + lowestOf(index + 1) * count],
    [0, 0],
  )

/** Indices of the buckets that hold something. */
export const indicesOf = (histogram: Histogram): number[] => bucketsOf(histogram).map(([index]) => index)

/** Smallest value of the bucket that holds this quantile, ns. */
export const quantileOf = (histogram: Histogram, quantile: number): number => {
  let below = 0
  for (const [index, count] of bucketsOf(histogram)) {
    below += count
    if (below >= quantile * histogram.count) return lowestOf(index)
  }
  return histogram.max
}
