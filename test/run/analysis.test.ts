import test from 'ava'
import { metricNamed, metrics } from '../../src/record/metrics.ts'
import type { TrialRecord, Verdict } from '../../src/record/record.ts'
import { analyse, analyseRoughly } from '../../src/run/analysis.ts'
import { holmAdjusted } from '../../src/stats/holm.ts'
import {
  comparisonIn,
  floods,
  floorRatio,
  input,
  ofFloods,
  paths,
  plain,
  redirectRatio,
  trials,
  withTrials,
} from './simulated-analysis.ts'

const isHeadline = (metric: string): boolean => metricNamed(metric)?.headline === true

const isFound = test.macro({
  title: (what) => `the true ratio of ${what} lies in its interval`,
  exec: (t, path: string, metric: string, ratio: number, verdict: Verdict) => {
    const comparison = comparisonIn(plain, path, metric)
    const { low, high } = comparison.ratio
    t.true(low! < ratio && ratio < high!, `${low} to ${high}`)
    t.true(high! - low! < 0.01)
    t.is(comparison.verdict, verdict)
    t.is(comparison.baseline, 'stack')
  },
})

test('throughput by redirect', isFound, 'redirect', 'throughputPps', 1 / redirectRatio, 'faster')
test('cost by redirect', isFound, 'redirect', 'costNs', redirectRatio, 'faster')
test('the round trip by redirect', isFound, 'redirect', 'rttNs.p50', redirectRatio, 'faster')
test('throughput on the floor', isFound, 'floor', 'throughputPps', 1 / floorRatio, 'faster')
test('throughput of the control', isFound, 'control', 'throughputPps', 1, 'equivalent')

test('the warm-up is left out of every estimate', (t) => {
  const slowStart = withTrials(
    (trial) => [trial.warmup && trial.kind === 'flood' ? { ...trial, throughputPps: 1, costNs: 1e9 } : trial],
    floods,
  )
  t.deepEqual(analyse(slowStart), ofFloods)
})

test('the same data and seed give the same; another seed resamples differently', (t) => {
  t.deepEqual(analyse(input(floods)), ofFloods)
  const other = comparisonIn(analyse(input({ ...floods, seed: 2 })), 'redirect', 'throughputPps').ratio
  t.not(other.low, comparisonIn(ofFloods, 'redirect', 'throughputPps').ratio.low)
  t.is(other.estimate, comparisonIn(ofFloods, 'redirect', 'throughputPps').ratio.estimate)
})

test('of blocks that lack the trial of a path, the other paths keep theirs, and pairs stay pairs', (t) => {
  const isMissing = ({ path, kind, block, round }: TrialRecord) =>
    path === 'redirect' && kind === 'flood' && (block === 2 || round === 4)
  const analysis = analyse(withTrials((trial) => (isMissing(trial) ? [] : [trial])))
  const { ratio, verdict } = comparisonIn(analysis, 'redirect', 'throughputPps')
  t.is(ratio.n, 80 - 10 - 8 + 1)
  t.true(ratio.low! < 1 / redirectRatio && 1 / redirectRatio < ratio.high!)
  t.is(verdict, 'faster')
  t.is(comparisonIn(analysis, 'floor', 'throughputPps').ratio.n, 80)
  t.is(comparisonIn(analysis, 'redirect', 'rttNs.p50').ratio.n, 80)
})

test('a control that differs raises the margin of the metric where it does', (t) => {
  const noisy = analyse(
    withTrials(
      (trial) => [
        trial.path === 'control' && trial.throughputPps !== undefined
          ? { ...trial, throughputPps: trial.throughputPps * 1.1 }
          : trial,
      ],
      floods,
    ),
  )
  const control = comparisonIn(noisy, 'control', 'throughputPps')
  t.is(control.margin, 0.01)
  t.is(control.verdict, 'faster')
  const redirect = comparisonIn(noisy, 'redirect', 'throughputPps')
  t.is(redirect.margin, control.ratio.high! - 1)
  t.true(redirect.margin > 0.1)
  t.is(redirect.verdict, 'inconclusive')
  t.is(comparisonIn(noisy, 'redirect', 'costNs').margin, 0.01)
  t.is(comparisonIn(noisy, 'redirect', 'costNs').verdict, 'faster')
})

test('a wider margin makes more of a difference equivalent', (t) => {
  const { verdict, margin } = comparisonIn(
    analyse(input({ ...floods, margin: 0.1 })),
    'redirect',
    'throughputPps',
  )
  t.is(margin, 0.1)
  t.is(verdict, 'equivalent')
})

test("p-values are adjusted over the candidates' headline metrics, and only these", (t) => {
  const tested = plain.comparisons.filter(({ path, metric }) => path === 'redirect' && isHeadline(metric))
  t.is(tested.length, 4)
  t.deepEqual(
    tested.map(({ adjustedPValue }) => adjustedPValue),
    holmAdjusted(tested.map(({ pValue }) => pValue)),
  )
  t.true(tested.every(({ pValue, adjustedPValue }) => adjustedPValue! > pValue!))
  for (const { path, metric, adjustedPValue } of plain.comparisons)
    if (path !== 'redirect' || !isHeadline(metric)) t.is(adjustedPValue, null, `${path} ${metric}`)
})

test('a second candidate is in the family too', (t) => {
  const both = paths.map(({ name, role }) => ({
    name,
    role: name === 'floor' ? ('candidate' as const) : role,
  }))
  const tested = analyse(input({ paths: both })).comparisons.filter(
    ({ path, metric }) => path !== 'control' && isHeadline(metric),
  )
  t.is(tested.length, 8)
  t.deepEqual(
    tested.map(({ adjustedPValue }) => adjustedPValue),
    holmAdjusted(tested.map(({ pValue }) => pValue)),
  )
})

test('every metric of the kinds that were run has its estimate, and no other', (t) => {
  const namesIn = ({ estimates }: typeof plain) => [...new Set(estimates.map(({ metric }) => metric))]
  t.deepEqual(namesIn(ofFloods), ['throughputPps', 'costNs', 'lossRatio'])
  // Far quantiles come from whole rounds, and these trials are not gathered in any.
  const expected = metrics.filter(
    ({ name, load, pairing }) => load === 'flood' || (name.startsWith('rttNs') && pairing === 'block'),
  )
  t.deepEqual(
    namesIn(plain),
    expected.map(({ name }) => name),
  )
})

test('a rough analysis has the comparisons of headline metrics, with the same estimates and about the same ends', (t) => {
  const { estimates, comparisons, derived } = analyseRoughly(input())
  t.deepEqual([estimates, derived], [[], { routerCost: [], floodLimit: [] }])
  const headline = plain.comparisons.filter(({ metric }) => isHeadline(metric))
  t.deepEqual(
    comparisons.map(({ path, metric, ratio }) => [path, metric, ratio.estimate]),
    headline.map(({ path, metric, ratio }) => [path, metric, ratio.estimate]),
  )
  for (const [place, { ratio }] of comparisons.entries()) {
    const { low, high } = headline[place]!.ratio
    t.true(Math.abs(ratio.low! - low!) < (high! - low!) / 2)
    t.true(Math.abs(ratio.high! - high!) < (high! - low!) / 2)
  }
})

test('a loss is estimated, and as a loss of 0 has no ratio, not compared', (t) => {
  const losses = ofFloods.estimates.filter(({ metric }) => metric === 'lossRatio')
  t.deepEqual(
    losses.map(({ path, estimate }) => [path, estimate]),
    paths.map(({ name }) => [name, 0]),
  )
  t.false(ofFloods.comparisons.some(({ metric }) => metric === 'lossRatio'))
})

test('without a baseline there are levels, and nothing is compared', (t) => {
  const { estimates, comparisons, derived } = analyse(
    input({ paths: paths.filter(({ role }) => role !== 'baseline') }),
  )
  t.is(estimates.length, 3 * (3 + 4))
  t.deepEqual(comparisons, [])
  t.deepEqual(derived.routerCost, [])
})

test('before anything was measured there is nothing to say', (t) => {
  t.deepEqual(analyse(input({ measured: { trials: [], rounds: [] } })), {
    estimates: [],
    comparisons: [],
    derived: { routerCost: [], floodLimit: [], programCost: [] },
  })
})

test('the control is the baseline a second time: both are the yardstick, and the interval is narrower', (t) => {
  const alone = analyse(input({ ...floods, paths: paths.filter(({ role }) => role !== 'control') }))
  const widthIn = (analysis: typeof ofFloods) => {
    const { low, high } = comparisonIn(analysis, 'redirect', 'throughputPps').ratio
    return high! - low!
  }
  t.true(widthIn(ofFloods) < 0.95 * widthIn(alone))
  t.regex(comparisonIn(ofFloods, 'redirect', 'throughputPps').ratio.method, /mean of 2 Hodges/)
  t.notRegex(comparisonIn(ofFloods, 'control', 'throughputPps').ratio.method, /mean of 2/)
})

test('far quantiles are compared round by round', (t) => {
  const statistics = { count: 9, p50: 1, p90: 2, p99: 3, p999: 400, max: 500, mean: 1 }
  const rounds = Array.from({ length: 8 }, (_, round) =>
    paths.map(({ name }) => ({
      round,
      path: name,
      distributions: {
        rttNs: { ...statistics, p999: (name === 'redirect' ? 300 : 400) + round },
      },
    })),
  ).flat()
  const analysis = analyse(input({ measured: { trials, rounds }, trials: [{ kind: 'pingpong' }] }))
  const { ratio } = comparisonIn(analysis, 'redirect', 'rttNs.p999')
  t.is(ratio.n, 8)
  t.true(Math.abs(ratio.estimate - 0.75) < 0.01)
})

test('a path that is held against another one is compared with that, and with nothing else', (t) => {
  const held = paths.map(({ name, role }) =>
    name === 'floor'
      ? { name, role: 'candidate' as const, kernel: 'b', against: 'redirect' }
      : { name, role, kernel: 'a' },
  )
  const { ratio, baseline } = comparisonIn(
    analyse(input({ ...floods, paths: held })),
    'floor',
    'throughputPps',
  )
  t.is(baseline, 'redirect')
  const expected = redirectRatio / floorRatio
  t.true(ratio.low! < expected && expected < ratio.high!, `${ratio.low} to ${ratio.high}`)
})
