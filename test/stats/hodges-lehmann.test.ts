import test from 'ava'
import { median } from 'simple-statistics'
import { hodgesLehmann, resampledHodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { randomSource } from '../../src/stats/random.ts'
import { darwinDifferences, depressionChanges } from './reference-data.ts'
import { normal } from './simulated-rounds.ts'

const byDefinition = (values: readonly number[]): number =>
  median(values.flatMap((first, index) => values.slice(index).map((second) => (first + second) / 2)))

const isNear = (actual: number, expected: number): boolean =>
  Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected))

test('the estimate for the depression data is −0.46', (t) => {
  // R 4.2.2: wilcox.test(x, y, paired = TRUE, conf.int = TRUE) gives 0.46 for before − after.
  t.true(isNear(hodgesLehmann(depressionChanges), -0.46))
})

test("the estimate for Darwin's data is 25", (t) => {
  // R 4.2.2: wilcox.test(x, conf.int = TRUE)
  t.is(hodgesLehmann(darwinDifferences), 25)
})

test('the estimate is the median of Walsh averages, whatever the values', (t) => {
  const random = randomSource(1)
  const shapes: Record<string, () => number> = {
    normal: () => normal(random),
    cauchyCubed: () => Math.tan(Math.PI * (random() - 0.5)) ** 3,
    tied: () => Math.round(3 * normal(random)),
    mostlyZero: () => (random() < 0.7 ? 0 : random()),
    farFromZero: () => 1e9 + normal(random),
  }
  for (const [shape, draw] of Object.entries(shapes)) {
    for (let size = 1; size <= 40; size++) {
      const values = Array.from({ length: size }, draw)
      t.true(isNear(hodgesLehmann(values), byDefinition(values)), `${size} ${shape} values`)
    }
  }
})

test('the estimate of a resample is that of the values drawn', (t) => {
  const random = randomSource(2)
  for (let size = 1; size <= 30; size++) {
    const values = Array.from({ length: size }, () => normal(random) ** 3)
    const estimate = resampledHodgesLehmann(values)
    for (let resample = 0; resample < 20; resample++) {
      const multiplicities = new Uint16Array(size)
      const drawn = Array.from({ length: size }, () => {
        const index = Math.floor(random() * size)
        multiplicities[index]! += 1
        return values[index]!
      })
      t.true(isNear(estimate(multiplicities), byDefinition(drawn)))
    }
  }
})

test('the estimate withstands a quarter of wild values', (t) => {
  const values = Array.from({ length: 100 }, (_, index) => (index < 25 ? 1e12 : index / 100))
  t.true(hodgesLehmann(values) < 1)
})

test('equal values are their own estimate', (t) => {
  t.is(hodgesLehmann([3, 3, 3, 3]), 3)
  t.is(hodgesLehmann([0.1]), 0.1)
})

test('no values have no estimate', (t) => {
  t.is(hodgesLehmann([]), NaN)
  t.is(resampledHodgesLehmann([1, 2])(new Uint16Array(2)), NaN)
})
