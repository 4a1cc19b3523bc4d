import test from 'ava'
import {
  differenceOfUnits,
  distanceFromOthers,
  meanOfUnits,
  spreadOfUnits,
  type UnitEstimate,
} from '../../src/stats/between-units.ts'
import { chiSquaredQuantile } from '../../src/stats/chi-squared.ts'

const units = (values: readonly number[], variance = 1e-9): UnitEstimate[] =>
  values.map((value) => ({ value, variance }))

const near = (value: number, expected: number, within: number): boolean =>
  Math.abs(value - expected) <= within

test('chi-squared has the quantiles of the tables (NIST/SEMATECH e-Handbook, 1.3.6.7.4)', (t) => {
  for (const [probability, freedom, expected] of [
    [0.95, 1, 3.841],
    [0.975, 2, 7.378],
    [0.95, 4, 9.488],
    [0.025, 10, 3.247],
    [0.99, 30, 50.892],
    [0.95, 100, 124.342],
  ] as const)
    t.true(near(chiSquaredQuantile(probability, freedom), expected, 6e-4), `${probability} ${freedom}`)
})

test('without errors of their own the mean of units is that of a sample, with Student’s t', (t) => {
  // Sample of mean 3 and variance 2.5; t is 2.776 at 4 degrees of freedom.
  const { estimate, low, high } = meanOfUnits(units([1, 2, 3, 4, 5]), 0.95)
  t.is(estimate, 3)
  t.true(near(high - 3, 2.7764 * Math.sqrt(2.5 / 5), 1e-3))
  t.true(near(3 - low, high - 3, 1e-12))
})

test('without errors of their own the spread is the sample’s, with its interval by chi-squared', (t) => {
  const { estimate, low, high } = spreadOfUnits(units([1, 2, 3, 4, 5]), 0.95)
  t.true(near(estimate, Math.sqrt(2.5), 1e-6))
  t.true(near(low, Math.sqrt(10 / 11.1433), 1e-4))
  t.true(near(high, Math.sqrt(10 / 0.48442), 1e-3))
})

test('the spread of trials of the BCG vaccine is as published (Viechtbauer 2007, metafor’s dat.bcg)', (t) => {
  const trials = [
    ...[
      [-0.8893, 0.3256],
      [-1.5854, 0.1946],
      [-1.3481, 0.4154],
      [-1.4416, 0.02],
      [-0.2175, 0.0512],
      [-0.7861, 0.0069],
      [-1.6209, 0.223],
    ],
    ...[
      [0.012, 0.004],
      [-0.4694, 0.0564],
      [-1.3713, 0.073],
      [-0.3394, 0.0124],
      [0.4459, 0.5325],
      [-0.0173, 0.0714],
    ],
  ].map(([value, variance]) => ({ value: value!, variance: variance! }))
  const { estimate, low, high } = spreadOfUnits(trials, 0.95)
  t.true(near(estimate ** 2, 0.318, 2e-3), String(estimate ** 2))
  t.true(near(low ** 2, 0.1197, 2e-3), String(low ** 2))
  t.true(near(high ** 2, 1.1115, 1e-2), String(high ** 2))
})

test('units that differ by no more than their errors have no spread', (t) => {
  const { estimate, low, high } = spreadOfUnits(units([1, 1.01, 0.99, 1], 0.01), 0.95)
  t.is(estimate, 0)
  t.is(low, 0)
  t.true(high < 0.1)
})

test('groups differ by Welch’s interval, and one that scatters by chance little is no surer than its errors', (t) => {
  const { estimate, low, high } = differenceOfUnits(units([5, 6, 7]), units([1, 2, 3]), 0.95)
  t.is(estimate, 4)
  t.true(near(high - low, 2 * 2.7764 * Math.sqrt(2 / 3), 1e-3))
  const same = differenceOfUnits(units([1, 1], 0.01), units([1, 1], 0.01), 0.95)
  t.true(near(same.high, 4.3027 * Math.sqrt(0.01), 1e-3))
})

test('a unit is set against what another one of the others’ kind would be', (t) => {
  const { estimate, low } = distanceFromOthers({ value: 10, variance: 1e-9 }, units([1, 2, 3]), 0.95)
  t.is(estimate, 8)
  t.true(near(8 - low, 4.3027 * Math.sqrt(1 + 1 / 3), 1e-3))
})
