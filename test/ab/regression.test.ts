import test from 'ava'
import { confirms, suspectsIn } from '../../src/ab/regression.ts'
import type { Comparison, Verdict } from '../../src/record/record.ts'

const comparison = (path: string, metric: string, verdict: Verdict): Comparison => ({
  path,
  baseline: 'base',
  metric,
  unit: 'ns',
  ratio: { estimate: 1.05, low: 1.04, high: 1.06, method: '', n: 10, confidence: 0.95 },
  pValue: 0.001,
  adjustedPValue: 0.001,
  margin: 0.01,
  verdict,
})

test('what is suspected is a headline metric of the newer version', (t) => {
  const comparisons = [
    comparison('head', 'costNs', 'slower'),
    comparison('head', 'throughputPps', 'inconclusive'),
    comparison('head', 'rttNs.max', 'slower'),
    comparison('control', 'rttNs.p50', 'slower'),
    comparison('floor', 'rttNs.p50', 'slower'),
  ]
  t.deepEqual(
    suspectsIn({ comparisons, settings: { margin: 0.01 } }).map(({ path, metric }) => [path, metric]),
    [['head', 'costNs']],
  )
})

/** A comparison of costs with this interval about its middle. */
const between = (path: string, low: number, high: number): Comparison => {
  const one = comparison(path, 'costNs', 'inconclusive')
  return { ...one, ratio: { ...one.ratio, low, high, estimate: (low + high) / 2 } }
}

const settings = { margin: 0.01 }

test('what lies wholly beyond the margin is suspected, whatever noise the control shows', (t) => {
  const suspect = between('head', 1.012, 1.04)
  t.deepEqual(suspectsIn({ comparisons: [suspect, between('control', 0.98, 1.02)], settings }), [suspect])
  t.deepEqual(suspectsIn({ comparisons: [suspect], settings: { margin: 0.02 } }), [])
  t.deepEqual(suspectsIn({ comparisons: [between('head', 0.96, 0.98)], settings }), [])
})

test('a control that differs from the base widens the margin', (t) => {
  const comparisons = [between('head', 1.012, 1.04), between('control', 1.002, 1.02)]
  t.deepEqual(suspectsIn({ comparisons, settings }), [])
})

test('throughput is suspected where it is lower', (t) => {
  const lower = { ...between('head', 0.96, 0.98), metric: 'throughputPps' }
  t.deepEqual(suspectsIn({ comparisons: [lower], settings }), [lower])
})

test('a suspect is confirmed where a second run finds it slower too, most likely beyond the margin', (t) => {
  const isConfirmedBy = (low: number, high: number) => confirms(between('head', low, high), settings.margin)
  t.true(isConfirmedBy(1.005, 1.035))
  t.false(isConfirmedBy(1.001, 1.015))
  t.false(isConfirmedBy(0.995, 1.045))
})
