import test from 'ava'
import { confidenceFor, standing } from '../../src/across/step-down.ts'

/** A finding that stands up to a confidence: one less its p-value. */
const finding = (pValue: number) => ({
  pValue,
  standsAt: (confidence: number) => pValue <= 1 - confidence + 1e-12,
})

const standingOf = (...pValues: readonly number[]): number[] =>
  [...standing(pValues.map(finding), 0.95)].map(({ pValue }) => pValue)

test('a finding alone stands at its own confidence', (t) => {
  t.deepEqual(standingOf(0.04), [0.04])
  t.deepEqual(standingOf(0.06), [])
})

test('of several, each has to stand at what as many as are left ask for', (t) => {
  // 0.01 ≤ 0.05 / 4, 0.015 ≤ 0.05 / 3, then 0.03 > 0.05 / 2 ends it.
  t.deepEqual(standingOf(0.01, 0.015, 0.03, 0.04), [0.01, 0.015])
  t.deepEqual(standingOf(0.04, 0.01), [0.01, 0.04])
})

test('where none stands, none is found, and of none there is none', (t) => {
  t.deepEqual(standingOf(0.03, 0.03), [])
  t.deepEqual(standingOf(), [])
})

test('confidence is shared out evenly', (t) => {
  t.is(confidenceFor(1, 0.95), 0.95)
  t.true(Math.abs(confidenceFor(10, 0.95) - 0.995) < 1e-12)
  t.is(confidenceFor(0, 0.95), 0.95)
})
