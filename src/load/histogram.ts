/**
 * HDR histograms as `udpgen` fills them: buckets of equal relative width, at most 1/1024 of the
 * value, so that memory does not grow with the number of packets. Source: G. Tene, HdrHistogram.
 *
 * For a value v of ns, e = max(0, bits(v) - 11) is the shift that leaves 11 bits, and its bucket is
 * e * 1024 + (v >> e). udpgen/histogram.h is the other side.
 */
import type { HistogramData } from './protocol.ts'

const bucketsPerOctave = 1024
/** Values up to 2^36 - 1 ns have a bucket. */
const bucketCount = (36 - 11 + 2) * bucketsPerOctave

/** The value in the middle of a bucket, ns. */
export function bucketMiddle(index: number): number {
  const shift = Math.max(0, Math.floor(index / bucketsPerOctave) - 1)
  const lowest = (index - shift * bucketsPerOctave) * 2 ** shift
  return lowest + (2 ** shift - 1) / 2
}

/** Collects histograms. Its size is fixed. */
export class Histogram {
  readonly #counts = new Float64Array(bucketCount)
  #count = 0
  #min = Infinity
  #max = 0
  #sum = 0

  get count(): number {
    return this.#count
  }
  /** Smallest value, exact; 0 when empty. */
  get minNs(): number {
    return this.#count === 0 ? 0 : this.#min
  }
  /** Largest value, exact. */
  get maxNs(): number {
    return this.#max
  }
  /** Mean, exact; 0 when empty. */
  get meanNs(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  add({ count, min, max, sum, buckets }: HistogramData): void {
    if (count === 0) return
    for (let place = 0; place + 1 < buckets.length; place += 2) {
      const index = buckets[place] ?? 0
      this.#counts[index] = (this.#counts[index] ?? 0) + (buckets[place + 1] ?? 0)
    }
    this.#count += count
    this.#min = Math.min(this.#min, min)
    this.#max = Math.max(this.#max, max)
    this.#sum += sum
  }

  /**
   * The values at quantiles, which must rise, ns: of n values the ceil(q * n)-th smallest (the
   * empirical distribution's inverse), to within half a bucket.
   */
  quantiles(quantiles: readonly number[]): number[] {
    const values: number[] = []
    let index = -1
    let seen = 0
    for (const quantile of quantiles) {
      const rank = Math.max(1, Math.ceil(quantile * this.#count))
      while (seen < rank && index + 1 < bucketCount) {
        index += 1
        seen += this.#counts[index] ?? 0
      }
      values.push(Math.min(Math.max(bucketMiddle(index), this.minNs), this.#max))
    }
    return values
  }
}
