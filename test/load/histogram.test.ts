import { readFileSync } from 'node:fs'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { bucketMiddle, Histogram, statisticsOf } from '../../src/load/histogram.ts'
import type { HistogramData } from '../../src/parts/histogram-data.ts'
import { randomSource } from '../../src/stats/random.ts'

/** A value's bucket, written from the layout in udpgen/histogram.h. */
const indexOf = (valueNs: number): number => {
  const bitLength = valueNs < 1 ? 0 : Math.floor(Math.log2(valueNs)) + 1
  const exponent = Math.max(0, bitLength - 11)
  return exponent * 1024 + Math.floor(valueNs / 2 ** exponent)
}

/** What the generator would send for these values. */
const dataOf = (values: readonly number[]): HistogramData => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(indexOf(value), (counts.get(indexOf(value)) ?? 0) + 1)
  return {
    count: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    sum: values.reduce((sum, value) => sum + value, 0),
    buckets: [...counts].toSorted(([a], [b]) => a - b).flat(),
  }
}

const empty: HistogramData = { count: 0, min: 0, max: 0, sum: 0, buckets: [] }

const histogramOf = (...parts: readonly HistogramData[]): Histogram => {
  const histogram = new Histogram()
  for (const part of parts) histogram.add(part)
  return histogram
}

/** The empirical distribution's inverse. */
const exactQuantile = (rising: readonly number[], quantile: number): number =>
  rising[Math.max(0, Math.ceil(quantile * rising.length) - 1)]!

const quantiles = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1]

test('up to 2047 ns every value has a bucket of its own', (t) => {
  for (const value of [0, 1, 1023, 1024, 2047]) t.is(bucketMiddle(value), value)
})

test('the middle of a bucket lies between the least and the greatest value of its index', (t) => {
  t.is(bucketMiddle(2048), 2048.5)
  t.is(bucketMiddle(indexOf(4096)), 4097.5)
  t.is(bucketMiddle(indexOf(1_000_000)), 1_000_191.5)
  for (let bits = 12; bits < 36; bits++) {
    const power = 2 ** bits
    const width = 2 ** (bits - 10)
    t.is(bucketMiddle(indexOf(power)), power + (width - 1) / 2, `2^${bits}`)
    t.is(bucketMiddle(indexOf(power - 1)), power - 1 - (width / 2 - 1) / 2, `2^${bits} - 1`)
  }
})

test('the layout is that of the generator, which has as many bits and as high a last value', (t) => {
  const header = readFileSync(inProject('udpgen', 'histogram.h'), 'utf8')
  t.regex(header, /#define HISTOGRAM_MANTISSA_BITS 11\b/)
  t.regex(header, /#define HISTOGRAM_VALUE_BITS 36\b/)
  const last = histogramOf({ count: 1, min: 2 ** 40, max: 2 ** 40, sum: 2 ** 40, buckets: [27647, 1] })
  t.deepEqual(last.quantiles([1]), [2 ** 40])
  t.is(indexOf(2 ** 36 - 1), 27647)
})

test('a single value is exact, as smallest and largest bound its bucket', (t) => {
  const histogram = histogramOf(dataOf([1_234_567]))
  t.deepEqual(histogram.quantiles([0, 0.5, 1]), [1_234_567, 1_234_567, 1_234_567])
  t.deepEqual(histogram.statistics(), {
    count: 1,
    p50: 1_234_567,
    p90: 1_234_567,
    p99: 1_234_567,
    p999: 1_234_567,
    max: 1_234_567,
    mean: 1_234_567,
  })
})

test('a quantile of n values is the ceil(q n)-th smallest', (t) => {
  const histogram = histogramOf(dataOf(Array.from({ length: 1000 }, (_, index) => index + 1)))
  t.deepEqual(
    histogram.quantiles([0, 0.0011, 0.5, 0.5001, 0.9, 0.99, 0.999, 1]),
    [1, 2, 500, 501, 900, 990, 999, 1000],
  )
  const { mean, p999, max } = histogram.statistics()
  t.deepEqual([mean, p999, max], [500.5, 999, 1000])
})

test('quantiles of random values are within 0.1 % of the exact ones', (t) => {
  const random = randomSource(7)
  const values = Array.from({ length: 20_000 }, () => Math.floor(Math.exp(6 + 14 * random())))
  const rising = values.toSorted((a, b) => a - b)
  const found = histogramOf(dataOf(values)).quantiles(quantiles)
  for (const [place, quantile] of quantiles.entries()) {
    const exact = exactQuantile(rising, quantile)
    t.true(Math.abs(found[place]! / exact - 1) <= 0.001, `${quantile}: ${found[place]} for ${exact}`)
  }
})

test('smallest, largest and mean are exact', (t) => {
  const histogram = histogramOf(dataOf([3_000_001, 7, 5_000_003]))
  t.is(histogram.minNs, 7)
  t.is(histogram.maxNs, 5_000_003)
  t.is(histogram.statistics().mean, 8_000_011 / 3)
})

test('adding histograms gives that of all their values', (t) => {
  const random = randomSource(8)
  const parts = Array.from({ length: 5 }, () => Array.from({ length: 400 }, () => Math.floor(1e6 * random())))
  const together = histogramOf(...parts.map(dataOf))
  const atOnce = histogramOf(dataOf(parts.flat()))
  t.deepEqual(together.quantiles(quantiles), atOnce.quantiles(quantiles))
  t.deepEqual(together.statistics(), atOnce.statistics())
  t.is(together.count, 2000)
})

test('the statistics of one trial are those of a histogram that holds it alone', (t) => {
  const random = randomSource(9)
  const data = dataOf(Array.from({ length: 1000 }, () => Math.floor(1e7 * random() ** 4)))
  t.deepEqual(statisticsOf(data), histogramOf(data).statistics())
})

test('an empty histogram adds nothing, and its figures are 0', (t) => {
  const histogram = histogramOf(empty)
  t.is(histogram.count, 0)
  t.is(histogram.minNs, 0)
  t.is(histogram.maxNs, 0)
  t.deepEqual(histogram.quantiles([0, 0.5, 1]), [0, 0, 0])
  t.deepEqual(statisticsOf(empty), { count: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0, mean: 0 })
  t.is(histogramOf(dataOf([5]), empty).minNs, 5)
})

test('one that is cleared is as new', (t) => {
  const histogram = histogramOf(dataOf([5, 100_000, 2 ** 36 - 1]))
  histogram.clear()
  t.deepEqual(histogram.statistics(), histogramOf().statistics())
  t.is(histogram.minNs, 0)
  histogram.add(dataOf([7, 2000]))
  t.deepEqual(histogram.statistics(), histogramOf(dataOf([7, 2000])).statistics())
  t.deepEqual(histogram.quantiles(quantiles), histogramOf(dataOf([7, 2000])).quantiles(quantiles))
})
