import test from 'ava'
import { randomSource } from '../../src/stats/random.ts'
import { theilSen } from '../../src/stats/theil-sen.ts'

const line = (n: number, of: (x: number) => number) => Array.from({ length: n }, (_, x) => ({ x, y: of(x) }))

test('a line has its slope, and one wild value does not bend it', (t) => {
  t.is(theilSen(line(20, (x) => 3 + 2 * x))?.estimate, 2)
  const { estimate, low, high } = theilSen(line(20, (x) => (x === 19 ? 1e6 : 2 * x)))!
  t.is(estimate, 2)
  t.true(low! <= 2 && 2 <= high!)
})

test('the interval has the true slope in about 95 of 100 series', (t) => {
  const random = randomSource(7)
  const holds = Array.from({ length: 400 }, () => {
    const { low, high } = theilSen(line(20, (x) => 0.5 * x + 4 * (random() + random() + random())))!
    return low! <= 0.5 && 0.5 <= high!
  }).filter(Boolean).length
  t.true(holds >= 370 && holds <= 398, String(holds))
})

test('of fewer than five values nothing is said', (t) => {
  t.is(theilSen(line(4, (x) => x)), undefined)
})
