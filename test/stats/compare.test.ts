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
      yardsticks: [baseline],
      path: logRatios.map((logRatio, block) => baseline[block]! * ratio * Math.exp(logRatio)),
    }
  })
}

test('a difference far below the drift of both paths is found', (t) => {
  const { ratio, pValue, pValueMethod, omittedBlocks } = comparePaired({
    rounds: drifting(1.06, 10),
    random: randomSource(2),
  })!
  t.true(Math.abs(ratio.estimate - 1.06) < 0.005)
  t.true(ratio.low! > 1.05 && ratio.low! < 1.06 && ratio.high! > 1.06 && ratio.high! < 1.07)
  t.is(ratio.confidence, 0.95)
  t.is(ratio.n, 100)
  t.regex(ratio.method, /^paired log-ratios: Hodges–Lehmann; bootstrap over 10 rounds/)
  t.true(pValue! > 0 && pValue! < 1e-6, String(pValue))
  t.is(pValueMethod, "Student's t of 10 rounds")
  t.is(omittedBlocks, 0)
})

test('swapping path and baseline inverts the ratio', (t) => {
  const rounds = drifting(1.06, 4)
  const swapped = rounds.map(({ yardsticks: [baseline], path }) => ({
    yardsticks: [path],
    path: baseline!,
  }))
  const ratio = comparePaired({ rounds, random: randomSource(1) })!.ratio.estimate
  const inverse = comparePaired({ rounds: swapped, random: randomSource(1) })!.ratio.estimate
  t.true(Math.abs(ratio * inverse - 1) < 1e-12)
})

test('equal values have the ratio 1, and p = 1', (t) => {
  const rounds = Array.from({ length: 6 }, () => ({ yardsticks: [[5, 6]], path: [5, 6] }))
  const { ratio, pValue } = comparePaired({ rounds, random: randomSource(1) })!
  t.is(ratio.estimate, 1)
  t.is(ratio.low, 1)
  t.is(ratio.high, 1)
  t.is(pValue, 1)
})

test('pairs with a value that is missing, zero, negative or not finite are left out and counted', (t) => {
  const { ratio, omittedBlocks } = comparePaired({
    rounds: [{ yardsticks: [[1, 0, 1, 1, NaN, 1]], path: [2, 2, -1, Infinity, 1] }],
    random: randomSource(1),
  })!
  t.is(ratio.estimate, 2)
  t.is(ratio.n, 1)
  t.is(ratio.low, null)
  t.is(omittedBlocks, 5)
})

test('without a usable pair there is no comparison', (t) => {
  t.is(comparePaired({ rounds: [], random: randomSource(1) }), null)
  t.is(comparePaired({ rounds: [{ yardsticks: [[0]], path: [0] }], random: randomSource(1) }), null)
})

test('too few blocks are not tested; one round is by its blocks, and the method says so', (t) => {
  const of = (path: number[]) =>
    comparePaired({ rounds: [{ yardsticks: [path.map(() => 1)], path }], random: randomSource(1) })!
  t.deepEqual([of([2, 2]).pValue, of([2, 2]).pValueMethod], [null, 'no test: too few blocks'])
  t.is(
    of([2, 2.1, 2.2, 2, 2.1, 2.2]).pValueMethod,
    "Student's t of 6 blocks of one round, as if rounds did not differ",
  )
})

test('p is what is left of the confidence at which the interval reaches 1', (t) => {
  const rounds = simulatedRounds(randomSource(4), { rounds: 8, luck: 1 }).map((logRatios) => ({
    yardsticks: [logRatios.map(() => 1)],
    path: logRatios.map((logRatio) => Math.exp(logRatio + 0.01)),
  }))
  const at = (confidence: number) =>
    comparePaired({ rounds, random: randomSource(1), resamples: 4000, confidence })!
  const { pValue } = at(0.95)
  t.true(pValue! > 0.001 && pValue! < 0.5)
  t.true(at(1 - pValue! * 1.3).ratio.low! > 1)
  t.true(at(1 - pValue! / 1.3).ratio.low! < 1)
})

test('blocks must have a value of both builds of the baseline', (t) => {
  const rounds = Array.from({ length: 6 }, () => ({
    path: [2, 2, 2],
    yardsticks: [
      [1, 1, 1],
      [4, NaN, 4],
    ],
  }))
  const { ratio, omittedBlocks } = comparePaired({ rounds, random: randomSource(1) })!
  // The mean of log 2 and log ½.
  t.is(ratio.estimate, 1)
  t.deepEqual([ratio.n, omittedBlocks], [12, 6])
  t.regex(ratio.method, /mean of 2 Hodges–Lehmann/)
})

const falseAlarms = test.macro({
  exec: (t, rounds: number, luck: number) => {
    const random = randomSource(1)
    const runs = 300
    const pValues = Array.from({ length: runs }, () => {
      const logs = simulatedRounds(random, { rounds, luck })
      return comparePaired({
        rounds: logs.map((ofRound) => ({ yardsticks: [ofRound.map(() => 1)], path: ofRound.map(Math.exp) })),
        random,
        resamples: 200,
      })!.pValue!
    })
    // Of 300 p-values below 0.05 or 0.01 as often as they say, more than these are once in 10,000 times.
    t.true(pValues.filter((p) => p < 0.05).length <= 31)
    t.true(pValues.filter((p) => p < 0.01).length <= 11)
  },
  title: (_, rounds: number, luck: number) =>
    `equal paths have a small p as rarely as it says, over ${rounds} rounds that differ by ${luck} errors`,
})

test(falseAlarms, 5, 0)
test(falseAlarms, 10, 1)
test(falseAlarms, 10, 2)
