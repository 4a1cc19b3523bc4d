/**
 * HDR histograms as `udpgen` fills them: buckets of equal relative width, at most 1/1024 of the
 * value, so that memory does not grow with the number of packets. Source: G. Tene, HdrHistogram.
 *
 * For a value v of ns, e = max(0, bits(v) - 11) is the shift that leaves 11 bits, and its bucket is
 * e * 1024 + (v >> e). udpgen/histogram.h is the other side.
 */
import type { HistogramData } from '../parts/histogram-data.ts'
import type { Statistics } from '../parts/metrics/metric.ts'

const bucketsPerOctave = 1024
/** Values up to 2^36 - 1 ns have a bucket. */
const bucketCount = (36 - 11 + 2) * bucketsPerOctave

/** The value in the middle of a bucket, ns. */
export function bucketMiddle(index: number): number {
  const shift = Math.max(0, Math.floor(index / bucketsPerOctave) - 1)
  const lowest = (index - shift * bucketsPerOctave) * 2 ** shift
  return lowest + (2 ** shift - 1) / 2
}

/** The bucket that a value belongs to, ns; values beyond the last bucket count there. */
function bucketOf(valueNs: number): number {
  const value = Math.min(Math.round(valueNs), 2 ** 36 - 1)
  const shift = Math.max(0, Math.floor(Math.log2(Math.max(1, value))) + 1 - 11)
  return shift * bucketsPerOctave + Math.floor(value / 2 ** shift)
}

/** The histogram of values, ns. */
export function histogramOf(valuesNs: readonly number[]): HistogramData {
  const counts = new Map<number, number>()
  for (const value of valuesNs) counts.set(bucketOf(value), (counts.get(bucketOf(value)) ?? 0) + 1)
  const sorted = valuesNs.toSorted((a, b) => a - b)
  return {
    count: valuesNs.length,
    min: sorted[0] ?? 0,
    max: sorted.at(-1) ?? 0,
    sum: valuesNs.reduce((sum, value) => sum + value, 0),
    buckets: [...counts].toSorted(([a], [b]) => a - b).flat(),
  }
}

/** What quantiles are read from: exact ends, and counts by bucket in rising order. */
interface Buckets {
  readonly count: number
  readonly min: number
  readonly max: number
  readonly visit: (see: (index: number, count: number) => void) => void
}

/**
 * The values at quantiles, which must rise, ns: of n values the ceil(q * n)-th smallest (the empirical
 * distribution's inverse), to within half a bucket; 0 where there are none.
 */
function quantilesIn({ count, min, max, visit }: Buckets, quantiles: readonly number[]): number[] {
  const ranks = quantiles.map((quantile) => Math.max(1, Math.ceil(quantile * count)))
  const values: number[] = []
  let seen = 0
  let next = ranks[0] ?? Infinity
  visit((index, inBucket) => {
    seen += inBucket
    while (seen >= next) {
      values.push(Math.min(Math.max(bucketMiddle(index), min), max))
      next = ranks[values.length] ?? Infinity
    }
  })
  return quantiles.map((_, place) => values[place] ?? max)
}

function statisticsIn(buckets: Buckets, sum: number): Statistics {
  const [p50 = 0, p90 = 0, p99 = 0, p999 = 0] = quantilesIn(buckets, [0.5, 0.9, 0.99, 0.999])
  const { count, max } = buckets
  return { count, p50, p90, p99, p999, max, mean: count === 0 ? 0 : sum / count }
}

/** Statistics of one histogram as the generator sent it. */
export function statisticsOf({ count, min, max, sum, buckets }: HistogramData): Statistics {
  const visit: Buckets['visit'] = (see) => {
    for (let place = 0; place + 1 < buckets.length; place += 2)
      see(buckets[place] ?? 0, buckets[place + 1] ?? 0)
  }
  return statisticsIn({ count, min, max, visit }, sum)
}

/** Collects histograms. Its size is fixed. */
export class Histogram {
  readonly #counts = new Float64Array(bucketCount)
  /** The buckets that may hold something. */
  #first = bucketCount
  #last = -1
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
  /** Largest value, exact; 0 when empty. */
  get maxNs(): number {
    return this.#max
  }
  /** Exact; 0 when empty. */
  get meanNs(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  add({ count, min, max, sum, buckets }: HistogramData): void {
    if (count === 0) return
    for (let place = 0; place + 1 < buckets.length; place += 2) {
      const index = buckets[place] ?? 0
      this.#counts[index] = (this.#counts[index] ?? 0) + (buckets[place + 1] ?? 0)
    }
    this.#first = Math.min(this.#first, buckets[0] ?? bucketCount)
    this.#last = Math.max(this.#last, buckets.at(-2) ?? -1)
    this.#count += count
    this.#min = Math.min(this.#min, min)
    this.#max = Math.max(this.#max, max)
    this.#sum += sum
  }

  /** Adds all that another has collected. */
  merge(other: Histogram): void {
    other.#visit((index, count) => {
      this.#counts[index] = (this.#counts[index] ?? 0) + count
    })
    this.#first = Math.min(this.#first, other.#first)
    this.#last = Math.max(this.#last, other.#last)
    this.#count += other.#count
    this.#min = Math.min(this.#min, other.#min)
    this.#max = Math.max(this.#max, other.#max)
    this.#sum += other.#sum
  }

  /** Forgets all that it has collected. */
  clear(): void {
    if (this.#count > 0) this.#counts.fill(0, this.#first, this.#last + 1)
    this.#first = bucketCount
    this.#last = -1
    this.#count = 0
    this.#min = Infinity
    this.#max = 0
    this.#sum = 0
  }

  statistics(): Statistics {
    return statisticsIn(this.#buckets(), this.#sum)
  }

  /** The values at quantiles, which must rise, ns. */
  quantiles(quantiles: readonly number[]): number[] {
    return quantilesIn(this.#buckets(), quantiles)
  }

  #buckets(): Buckets {
    const visit: Buckets['visit'] = (see) => {
      this.#visit(see)
    }
    return { count: this.#count, min: this.minNs, max: this.#max, visit }
  }

  /** Shows the buckets that hold something. */
  #visit(see: (index: number, count: number) => void): void {
    for (let index = this.#first; index <= this.#last; index += 1) {
      const count = this.#counts[index] ?? 0
      if (count > 0) see(index, count)
    }
  }
}
