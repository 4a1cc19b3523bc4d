import test from 'ava'
import { median, medianAbsoluteDeviation } from 'simple-statistics'
import { medianAndSpread } from '../../src/trend/spread-about-median.ts'
import { drawn, heavyNoise } from './noise.ts'

test('median and spread are those of simple-statistics, for odd and even counts', (t) => {
  const noise = heavyNoise(21)
  for (const count of [1, 2, 3, 4, 7, 10, 33, 128]) {
    const values = drawn(noise, count).toSorted((a, b) => a - b)
    const { median: middle, spread } = medianAndSpread(values)
    t.true(Math.abs(middle - median(values)) < 1e-12)
    t.true(Math.abs(spread - 1.482602218505602 * medianAbsoluteDeviation(values)) < 1e-12, `${count}`)
  }
})

test('values most of which are alike have no spread', (t) => {
  t.deepEqual(medianAndSpread([1, 1, 1, 9]), { median: 1, spread: 0 })
})
