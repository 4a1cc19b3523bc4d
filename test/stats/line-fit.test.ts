import { probit } from 'simple-statistics'
import test from 'ava'
import { crossingOf } from '../../src/stats/crossing.ts'
import { fitLine } from '../../src/stats/line-fit.ts'
import { randomSource } from '../../src/stats/random.ts'

const exact = { standardError: 1, degreesOfFreedom: 8 }

test('points on a line give it back, whatever their weights', (t) => {
  const fit = fitLine(
    [0, 1, 5, 20].map((x) => ({ x, y: 3 + 2 * x, standardError: 1 + x, degreesOfFreedom: 8 })),
  )!
  t.true(Math.abs(fit.slope.estimate - 2) < 1e-9)
  t.true(Math.abs(fit.offset - 3) < 1e-9)
  t.true(fit.isStraight)
})

// Bevington and Robinson 2003, table 6.1 with equal weights: temperature along a rod.
test('a published fit comes out as published', (t) => {
  const places = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const temperatures = [15.6, 17.5, 36.6, 43.8, 58.2, 61.6, 64.2, 70.4, 98.8]
  const fit = fitLine(places.map((x, index) => ({ x, y: temperatures[index]!, ...exact })))!
  t.is(fit.slope.estimate.toFixed(2), '9.41')
  t.is(fit.offset.toFixed(2), '4.81')
})

test('two places are no line', (t) => {
  t.is(fitLine([0, 1, 1].map((x) => ({ x, y: x, ...exact }))), undefined)
})

test('a curve that bends is told, and its interval is wider', (t) => {
  const bent = fitLine([0, 1, 2, 3, 4].map((x) => ({ x, y: 10 * x * x, ...exact })))!
  const straight = fitLine([0, 1, 2, 3, 4].map((x) => ({ x, y: 10 * x, ...exact })))!
  t.false(bent.isStraight)
  t.true(bent.slope.high! - bent.slope.low! > straight.slope.high! - straight.slope.low!)
})

/** Normal deviates of a seeded source. */
const deviates = (seed: number) => {
  const random = randomSource(seed)
  return () => probit(random())
}

// With a coverage of 0.95 and more, fewer than 910 of 1,000 are seen once in 10^7 times.
test('the interval of a slope holds the true one in 95 of 100 cases', (t) => {
  const deviate = deviates(7)
  const truth = 1.9
  const held = Array.from({ length: 1000 }, () => {
    const points = [0, 10, 100, 300, 1000].map((x) => {
      // As intervals of 5 rounds are: their own width is known from 5 values.
      const rounds = Array.from({ length: 5 }, () => 1500 + truth * x + 40 * deviate())
      const mean = rounds.reduce((sum, one) => sum + one, 0) / 5
      const spread = Math.sqrt(rounds.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 4)
      return { x, y: mean, standardError: spread / Math.sqrt(5), degreesOfFreedom: 4 }
    })
    const { low, high } = fitLine(points)!.slope
    return low! <= truth && truth <= high!
  }).filter(Boolean).length
  t.true(held >= 910, `${held} of 1000`)
})

const curve = (ys: readonly number[], standardError = 0.01) =>
  ys.map((y, index) => ({ x: index * 10, y, standardError }))
const isSure = ({ y, standardError }: { y: number; standardError: number }) => Math.abs(y) > 2 * standardError

test('a curve crosses zero where the line between two points does', (t) => {
  const at = crossingOf(curve([-0.3, -0.1, 0.3]), isSure, randomSource(1))!
  t.is(at.estimate.toFixed(6), '12.500000')
  t.true(at.low! < 12.5 && at.high! > 12.5)
  t.true(at.high! - at.low! < 2)
})

test('what lies between sure points may lie on either side', (t) => {
  const at = crossingOf(curve([-0.3, 0.001, 0.3]), isSure, randomSource(1))!
  t.true(at.low! < at.estimate && at.high! > 10)
})

test('points that are not known to lie on different sides cross nowhere', (t) => {
  t.is(crossingOf(curve([-0.3, -0.2, 0.01]), isSure, randomSource(1)), undefined)
  t.is(crossingOf(curve([0.3, 0.2, 0.1]), isSure, randomSource(1)), undefined)
  t.is(crossingOf([], isSure, randomSource(1)), undefined)
})
