import test from 'ava'
import { signFlipTest } from '../../src/stats/permutation.ts'
import { randomSource } from '../../src/stats/random.ts'
import { darwinDifferences, depressionChanges } from './reference-data.ts'
import { simulatedRounds } from './simulated-rounds.ts'

const alone = (values: readonly number[]): number[][] => values.map((value) => [value])

test("rounds of one block give Wilcoxon's exact p for the depression data", (t) => {
  // R 4.2.2: wilcox.test(x, y, paired = TRUE): V = 40, p = 0.03906
  const { pValue, method } = signFlipTest(alone(depressionChanges), randomSource(1))
  t.is(pValue, 0.0390625)
  t.is(method, 'sign flips of 9 rounds: all combinations')
})

test("drawn flips come near Wilcoxon's exact p for Darwin's data", (t) => {
  // R 4.2.2: wilcox.test(x): V = 96, p = 0.04126; the standard error of 9,999 draws is 0.002.
  const { pValue, method } = signFlipTest(alone(darwinDifferences), randomSource(1))
  t.true(Math.abs(pValue! - 0.041259765625) < 0.006)
  t.is(method, 'sign flips of 15 rounds: 9999 drawn')
})

test('rounds that all agree give the smallest p that so many can', (t) => {
  const rounds = Array.from({ length: 8 }, (_, round) => [0.1 + round / 100, 0.2])
  t.is(signFlipTest(rounds, randomSource(1)).pValue, 2 / 2 ** 8)
})

test('p is never 0', (t) => {
  t.is(signFlipTest(alone(Array.from({ length: 40 }, (_, value) => value + 1)), randomSource(1)).pValue, 1e-4)
})

test('no difference at all gives p = 1', (t) => {
  t.is(signFlipTest(alone(Array<number>(8).fill(0)), randomSource(1)).pValue, 1)
})

test('rounds too few for significance are taken apart into blocks, and the method says so', (t) => {
  const rounds = Array.from({ length: 5 }, () => [0.1, 0.2])
  const { pValue, method } = signFlipTest(rounds, randomSource(1))
  t.is(pValue, 2 / 2 ** 10)
  t.is(method, 'sign flips of 10 blocks, as if rounds did not differ: all combinations')
})

test('how many rounds are too few depends on how many comparisons p is adjusted over', (t) => {
  const rounds = Array.from({ length: 7 }, () => [0.1, 0.2])
  t.regex(signFlipTest(rounds, randomSource(1), 3).method, /7 rounds/)
  t.regex(signFlipTest(rounds, randomSource(1), 4).method, /14 blocks/)
})

test('too few blocks have no p', (t) => {
  t.deepEqual(signFlipTest([[1, 2], [3]], randomSource(1)), {
    pValue: null,
    method: 'no test: 3 blocks are too few',
  })
  t.is(signFlipTest([], randomSource(1)).pValue, null)
})

const falseAlarms = test.macro({
  exec: (t, rounds: number, luck: number, runs: number) => {
    const random = randomSource(1)
    let alarms = 0
    for (let run = 0; run < runs; run++) {
      if (signFlipTest(simulatedRounds(random, { rounds, luck }), random).pValue! < 0.05) alarms++
    }
    // Three standard errors above 5 %.
    t.true(alarms / runs < 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs), `${alarms} of ${runs}`)
  },
  title: (_, rounds: number, luck: number) =>
    `equal paths give p < 0.05 at most 5 times in 100, over ${rounds} rounds that differ by ${luck} errors`,
})

test(falseAlarms, 6, 1, 1000)
test(falseAlarms, 8, 0, 1000)
test(falseAlarms, 8, 1, 1000)
test(falseAlarms, 8, 3, 1000)
test(falseAlarms, 16, 1, 200)
// By blocks, right only where rounds do not differ.
test(falseAlarms, 4, 0, 400)
