import test from 'ava'
import type { Figure } from '../../src/gates/figure.ts'
import { outlookOf } from '../../src/gates/outlook.ts'

/** A figure with an interval of ± 0.04 at 95 %, and twice that where a breach is judged by more. */
const figure = (estimate: number, limit: number, ownShare = 1): Figure => ({
  ...{ path: 'redirect', metric: 'costNs', kind: 'ratio', unit: 'ratio', comparator: '<=', limit },
  evidence: {
    state: 'measured',
    interval: (confidence) => {
      const half = confidence === 0.95 ? 0.04 : 0.08
      return { estimate, low: estimate - half, high: estimate + half }
    },
    controlFactor: 1,
    ownShare,
  },
})

const timesOf = (one: Figure): number => {
  const outlook = outlookOf(one, 0.95, 0.99)
  return outlook?.state === 'longer-run' ? outlook.times : NaN
}

test('an interval has to shrink to the distance of the limit, with the square root of time', (t) => {
  // (0.04 · 1.2 / 0.02)²
  t.true(Math.abs(timesOf(figure(1.03, 1.05)) - 5.76) < 1e-9)
})

test('beyond the limit, the interval that a breach is judged by has to', (t) => {
  t.true(Math.abs(timesOf(figure(1.07, 1.05)) - 23.04) < 1e-9)
})

test('what the other run adds to the interval does not shrink', (t) => {
  // A quarter of 0.048² is fixed.
  t.true(
    Math.abs(timesOf(figure(1.02, 1.05, 0.75)) - (0.75 * 0.048 ** 2) / (0.03 ** 2 - 0.25 * 0.048 ** 2)) <
      1e-9,
  )
  t.is(outlookOf(figure(1.03, 1.05, 0.5), 0.95, 0.99)?.state, 'other-run')
})

test('an estimate at the limit is decided by no run that one would wait for', (t) => {
  t.is(outlookOf(figure(1.05, 1.05), 0.95, 0.99)?.state, 'out-of-reach')
  t.is(outlookOf(figure(1.049, 1.05), 0.95, 0.99)?.state, 'out-of-reach')
})

test('a figure that there is not has no outlook', (t) => {
  const evidence = { state: 'lacking', reason: 'redirect was skipped', isBreach: false } as const
  t.is(outlookOf({ ...figure(1, 1.05), evidence }, 0.95, 0.99), undefined)
})
