import test from 'ava'
import { confirmedRegressions, regressionsIn } from '../../src/ab/regression.ts'
import type { Comparison, Verdict } from '../../src/results/record.ts'

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

test('a regression is a headline metric of the newer version that is slower', (t) => {
  const comparisons = [
    comparison('head', 'costNs', 'slower'),
    comparison('head', 'throughputPps', 'inconclusive'),
    comparison('head', 'rttNs.p50', 'faster'),
    comparison('head', 'rttNs.max', 'slower'),
    comparison('control', 'costNs', 'slower'),
    comparison('floor', 'rttNs.p50', 'slower'),
  ]
  t.deepEqual(
    regressionsIn({ comparisons }).map(({ path, metric }) => [path, metric]),
    [['head', 'costNs']],
  )
})

test('a regression is confirmed where a second run finds the same metric slower', (t) => {
  const cost = comparison('head', 'costNs', 'slower')
  const roundTrip = comparison('head', 'rttNs.p50', 'slower')
  t.deepEqual(confirmedRegressions([cost, roundTrip], [roundTrip]), [roundTrip])
  t.deepEqual(confirmedRegressions([cost], []), [])
})
