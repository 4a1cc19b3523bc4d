import test from 'ava'
import { signedRanksOf } from '../../src/stats/signed-ranks.ts'
import { darwinDifferences } from './reference-data.ts'

test('ranks go by distance from 0 and carry the sign', (t) => {
  t.deepEqual([...signedRanksOf([0.5, -3, 2])], [1, -3, 2])
})

test('equally far values share the mean of their ranks, and a 0 counts nothing', (t) => {
  t.deepEqual([...signedRanksOf([0, 2, -2, 5])], [0, 2.5, -2.5, 4])
  t.deepEqual([...signedRanksOf([])], [])
})

test("the positive ranks of Darwin's data add up to Wilcoxon's V = 96", (t) => {
  // R 4.2.2: wilcox.test(x)
  t.is(
    signedRanksOf(darwinDifferences).reduce((sum, rank) => sum + Math.max(0, rank), 0),
    96,
  )
})
