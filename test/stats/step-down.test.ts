import test from 'ava'
import { confidenceFor, significant } from '../../src/stats/step-down.ts'

/** Significant up to a confidence: one less its p-value. */
const tested = (pValue: number) => ({
  pValue,
  isSignificantAt: (confidence: number) => pValue <= 1 - confidence + 1e-12,
})

const significantOf = (...pValues: readonly number[]): number[] =>
  [...significant(pValues.map(tested), 0.95)].map(({ pValue }) => pValue)

test('one alone is significant at its own confidence', (t) => {
  t.deepEqual(significantOf(0.04), [0.04])
  t.deepEqual(significantOf(0.06), [])
})

test('of several, each has to be significant at what as many as are left ask for', (t) => {
  // 0.01 ≤ 0.05 / 4, 0.015 ≤ 0.05 / 3, then 0.03 > 0.05 / 2 ends it.
  t.deepEqual(significantOf(0.01, 0.015, 0.03, 0.04), [0.01, 0.015])
  t.deepEqual(significantOf(0.04, 0.01), [0.01, 0.04])
})

test('where none is significant, none is found, and of none there is none', (t) => {
  t.deepEqual(significantOf(0.03, 0.03), [])
  t.deepEqual(significantOf(), [])
})

test('confidence is shared out evenly', (t) => {
  t.is(confidenceFor(1, 0.95), 0.95)
  t.true(Math.abs(confidenceFor(10, 0.95) - 0.995) < 1e-12)
  t.is(confidenceFor(0, 0.95), 0.95)
})
