import test from 'ava'
import { comparePaired } from '../../src/stats/compare.ts'
import { randomSource } from '../../src/stats/random.ts'
import { normal, simulatedRounds } from './simulated-rounds.ts'

/** Pairs whose level drifts by far more than the paths differ. */
const drifting = (ratio: number, rounds: number) => {
  const random = randomSource(1)
  return simulatedRounds(random, { rounds, luck: 0 }).map((logRatios) => {
    const baseline = logRatios.map(() => 1e6 * Math.exp(0.3 * normal(random)))
    return {
      baseline,
      path: logRatios.map((logRatio, block) => baseline[block]! * ratio * Math.exp(logRatio)),
    }
  })
}

test('a difference far below the drift of both paths is found', (t) => {
  const { ratio, pValue, pValueMethod, omittedPairs } = comparePaired({
    family: 1,
    rounds: drifting(1.06, 10),
    random: randomSource(2),
  })!
  t.true(Math.abs(ratio.estimate - 1.06) < 0.005)
  t.true(ratio.low! > 1.05 && ratio.low! < 1.06 && ratio.high! > 1.06 && ratio.high! < 1.07)
  t.is(ratio.confidence, 0.95)
  t.is(ratio.n, 100)
  t.regex(ratio.method, /^paired log-ratios: Hodges–Lehmann; bootstrap over 10 rounds/)
  t.is(pValue, 2 / 2 ** 10)
  t.regex(pValueMethod, /10 rounds/)
  t.is(omittedPairs, 0)
})

test('swapping path and baseline inverts the ratio', (t) => {
  const rounds = drifting(1.06, 4)
  const swapped = rounds.map(({ baseline, path }) => ({ baseline: path, path: baseline }))
  const ratio = comparePaired({ rounds, random: randomSource(1) })!.ratio.estimate
  const inverse = comparePaired({ rounds: swapped, random: randomSource(1) })!.ratio.estimate
  t.true(Math.abs(ratio * inverse - 1) < 1e-12)
})

test('equal values have the ratio 1, and p = 1', (t) => {
  const rounds = Array.from({ length: 6 }, () => ({ baseline: [5, 6], path: [5, 6] }))
  const { ratio, pValue } = comparePaired({ rounds, random: randomSource(1), family: 1 })!
  t.is(ratio.estimate, 1)
  t.is(ratio.low, 1)
  t.is(ratio.high, 1)
  t.is(pValue, 1)
})

test('pairs with a value that is missing, zero, negative or not finite are left out and counted', (t) => {
  const { ratio, omittedPairs } = comparePaired({
    rounds: [{ baseline: [1, 0, 1, 1, NaN, 1], path: [2, 2, -1, Infinity, 1] }],
    random: randomSource(1),
  })!
  t.is(ratio.estimate, 2)
  t.is(ratio.n, 1)
  t.is(ratio.low, null)
  t.is(omittedPairs, 5)
})

test('without a usable pair there is no comparison', (t) => {
  t.is(comparePaired({ rounds: [], random: randomSource(1) }), null)
  t.is(comparePaired({ rounds: [{ baseline: [0], path: [0] }], random: randomSource(1) }), null)
})

test('without a family nothing is tested', (t) => {
  const rounds = Array.from({ length: 10 }, () => ({ baseline: [1, 1], path: [2, 2] }))
  const { pValue, pValueMethod } = comparePaired({ rounds, random: randomSource(1) })!
  t.is(pValue, null)
  t.is(pValueMethod, 'not tested')
})
