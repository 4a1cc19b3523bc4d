import test from 'ava'
import { logEstimateOf, ratioIntervalOf, roundsOf } from '../../src/across/log-estimate.ts'
import { sampleRecord } from '../report/sample-record.ts'

const close = (value: number, expected: number): boolean => Math.abs(value - expected) < 1e-6
const ratio = { estimate: 1.05, low: 1.03, high: 1.09, n: 80 }

test('an interval comes back as it was recorded', (t) => {
  const { estimate, low, high } = ratioIntervalOf(logEstimateOf(ratio, 10)!)
  t.true(close(estimate, 1.05) && close(low, 1.03) && close(high, 1.09))
})

test('for more confidence both sides are widened by Student’s t, on the log scale', (t) => {
  // t(9) is 2.262 for 95 % and 3.250 for 99 %: any table.
  const factor = 3.2498355 / 2.2621572
  const { low, high } = ratioIntervalOf(logEstimateOf(ratio, 10)!, 0.99)
  t.true(close(low, 1.05 * (1.03 / 1.05) ** factor))
  t.true(close(high, 1.05 * (1.09 / 1.05) ** factor))
})

test('of one round, degrees of freedom are those of its blocks', (t) => {
  // t(79) is 1.990 for 95 % and 2.640 for 99 %.
  const { high } = ratioIntervalOf(logEstimateOf(ratio, 1)!, 0.99)
  t.true(Math.abs(high - 1.05 * (1.09 / 1.05) ** (2.6395 / 1.9905)) < 1e-5)
})

for (const [what, damaged] of [
  ['without an interval', { ...ratio, low: null, high: null }],
  ['of 0', { ...ratio, estimate: 0, low: 0 }],
  ['that reaches to infinity', { ...ratio, high: Infinity }],
] as const)
  test(`an estimate ${what} has no logarithm`, (t) => {
    t.is(logEstimateOf(damaged, 10), null)
  })

test('rounds are counted where they are recorded, else the settings say', (t) => {
  const record = sampleRecord()
  t.is(roundsOf(record), 10)
  const round = { path: 'stack', distributions: {} }
  t.is(roundsOf({ ...record, rounds: [0, 0, 1].map((each) => ({ ...round, round: each })) }), 2)
})
