import test from 'ava'
import { metricNamed, metrics } from '../../src/record/metrics.ts'
import type { TrialRecord, Verdict } from '../../src/record/record.ts'
import { analyse, analyseRoughly, type AnalysisInput } from '../../src/run/analysis.ts'
import { holmAdjusted } from '../../src/stats/holm.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { simulatedTrials, timeRatios } from './simulated-trials.ts'

const { paths } = sampleRecord()
const trials = simulatedTrials(1)
const { redirect: redirectRatio = NaN, floor: floorRatio = NaN } = timeRatios

const input = (changes: Partial<AnalysisInput> = {}): AnalysisInput => ({
  measured: { trials, rounds: [] },
  paths: paths.map(({ name, role }) => ({ name, role })),
  trials: [{ kind: 'flood' }, { kind: 'pingpong' }],
  programCosts: [],
  margin: 0.01,
  seed: 1,
  ...changes,
})

const withTrials = (change: (trial: TrialRecord) => TrialRecord[], changes: Partial<AnalysisInput> = {}) =>
  input({ measured: { trials: trials.flatMap(change), rounds: [] }, ...changes })

const isHeadline = (metric: string): boolean => metricNamed(metric)?.headline === true

const comparisonIn = ({ comparisons }: ReturnType<typeof analyse>, path: string, metric: string) =>
  comparisons.find((one) => one.path === path && one.metric === metric)!

const plain = analyse(input())
const ofFloods = analyse(input({ trials: [{ kind: 'flood' }] }))

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
  const slowStart = withTrials((trial) => [
    trial.warmup && trial.kind === 'flood' ? { ...trial, throughputPps: 1, costNs: 1e9 } : trial,
  ])
  t.deepEqual(analyse(slowStart), plain)
})

test('the same data and seed give the same; another seed resamples differently', (t) => {
  t.deepEqual(analyse(input()), plain)
  const other = comparisonIn(analyse(input({ seed: 2 })), 'redirect', 'throughputPps').ratio
  t.not(other.low, comparisonIn(plain, 'redirect', 'throughputPps').ratio.low)
  t.is(other.estimate, comparisonIn(plain, 'redirect', 'throughputPps').ratio.estimate)
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
    withTrials((trial) => [
      trial.path === 'control' && trial.throughputPps !== undefined
        ? { ...trial, throughputPps: trial.throughputPps * 1.1 }
        : trial,
    ]),
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
  const { verdict, margin } = comparisonIn(analyse(input({ margin: 0.1 })), 'redirect', 'throughputPps')
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

test("the router's own cost is what a path adds to the floor", (t) => {
  const [stack, redirect, control, ...others] = ofFloods.derived.routerCost
  t.deepEqual(
    [stack, redirect, control].map((cost) => cost?.path),
    ['stack', 'redirect', 'control'],
  )
  t.deepEqual(others, [])
  t.is(stack?.ratioToBaseline, null)
  const { low: least, high: most } = stack!
  t.true(least! < 5000 * (1 - floorRatio) && 5000 * (1 - floorRatio) < most!, `${least} to ${most}`)
  const { low, high } = redirect!.ratioToBaseline!
  const ratio = (redirectRatio - floorRatio) / (1 - floorRatio)
  t.true(low! < ratio && ratio < high!, `${low} to ${high}`)
})

test('without a floor nothing is said of the router alone', (t) => {
  const floorless = paths.filter(({ role }) => role !== 'floor')
  t.deepEqual(analyse(input({ paths: floorless })).derived.routerCost, [])
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

test('a flood is limited by the receiver where deliveries trail the last send by far', (t) => {
  const { derived } = analyse(
    withTrials((trial) => [{ ...trial, durationNs: 10e6, sendNs: trial.path === 'redirect' ? 8e6 : 9.95e6 }]),
  )
  t.deepEqual(
    derived.floodLimit.map(({ path, limitedBy }) => [path, limitedBy]),
    [
      ['stack', 'path'],
      ['redirect', 'receiver'],
      ['control', 'path'],
      ['floor', 'path'],
    ],
  )
  t.is(derived.floodLimit[1]?.why, 'the last packet was delivered 20.0 % of the time after the last send')
  t.is(
    derived.floodLimit[0]?.why,
    'packets were delivered as fast as they were sent; delivery trailed by 0.5 % of the time',
  )
})

test("the sender's CPU is said to carry each packet where it is known to, and only there", (t) => {
  const counted = { durationNs: 10e6, sendNs: 10e6, senderCpuNs: 10e6, senderCpuPackets: 100 }
  const { derived } = analyse(
    withTrials((trial) => [{ ...trial, ...counted, otherCpuPackets: trial.path === 'redirect' ? 40 : 0 }]),
  )
  t.deepEqual(
    derived.floodLimit.slice(0, 2).map(({ why }) => why),
    [
      "the sender's CPU carried each packet to the server's socket; delivery trailed by 0.0 % of the time",
      "part of the work was done by another than the sender's thread; delivery trailed by 0.0 % of the time",
    ],
  )
})

test('a path that moves work to another CPU has no verdict on its cost, and no cost of the router', (t) => {
  const analysis = analyse(
    withTrials((trial) => [
      { ...trial, senderCpuPackets: 100, otherCpuPackets: trial.path === 'redirect' ? 40 : 0 },
    ]),
  )
  const cost = comparisonIn(analysis, 'redirect', 'costNs')
  t.is(cost.verdict, 'inconclusive')
  t.regex(cost.withheld!, /handled 29 % of its packets/)
  t.is(comparisonIn(analysis, 'redirect', 'throughputPps').verdict, 'faster')
  t.is(comparisonIn(analysis, 'redirect', 'rttNs.p50').verdict, 'faster')
  t.is(comparisonIn(analysis, 'control', 'costNs').withheld, undefined)
  t.deepEqual(
    analysis.derived.routerCost.map(({ path }) => path),
    ['stack', 'control'],
  )
})

test('where the baseline moves work, no cost is set against it', (t) => {
  const analysis = analyse(
    withTrials((trial) => [
      { ...trial, senderCpuPackets: 100, otherCpuPackets: trial.path === 'stack' ? 40 : 0 },
    ]),
  )
  t.regex(comparisonIn(analysis, 'redirect', 'costNs').withheld!, /29 % of those on stack/)
  t.deepEqual(
    analysis.derived.routerCost.map(({ path, ratioToBaseline }) => [path, ratioToBaseline]),
    [
      ['redirect', null],
      ['control', null],
    ],
  )
})

test('a path is not faster by its good trials alone: one that delivered nothing takes the verdict back', (t) => {
  const isDead = ({ path, kind, round, block }: TrialRecord) =>
    path === 'redirect' && kind === 'flood' && round === 2 && block === 3
  const kill = ({ costNs: _cost, ...trial }: TrialRecord): TrialRecord => ({ ...trial, throughputPps: 0 })
  const analysis = analyse(withTrials((trial) => [isDead(trial) ? kill(trial) : trial]))
  for (const metric of ['throughputPps', 'costNs']) {
    const { verdict, withheld } = comparisonIn(analysis, 'redirect', metric)
    t.deepEqual([verdict, withheld], ['inconclusive', '1 of 80 trials delivered nothing'], metric)
  }
  t.is(comparisonIn(analysis, 'redirect', 'rttNs.p50').verdict, 'faster')
})

test('without a control that was measured nothing is equivalent, and the comparison says why', (t) => {
  const controlless = paths.filter(({ role }) => role !== 'control')
  const analysis = analyse(input({ paths: controlless, margin: 0.1 }))
  const { verdict, withheld } = comparisonIn(analysis, 'redirect', 'throughputPps')
  t.is(verdict, 'inconclusive')
  t.regex(withheld!, /^there is no control that was measured/)
  t.is(comparisonIn(analysis, 'floor', 'throughputPps').verdict, 'faster')
})

test('the control is the baseline a second time: both are the yardstick, and the interval is narrower', (t) => {
  const alone = analyse(input({ paths: paths.filter(({ role }) => role !== 'control') }))
  const widthIn = (analysis: typeof plain) => {
    const { low, high } = comparisonIn(analysis, 'redirect', 'throughputPps').ratio
    return high! - low!
  }
  t.true(widthIn(plain) < 0.95 * widthIn(alone))
  t.regex(comparisonIn(plain, 'redirect', 'throughputPps').ratio.method, /mean of 2 Hodges/)
  t.notRegex(comparisonIn(plain, 'control', 'throughputPps').ratio.method, /mean of 2/)
})

test('a delivery before the last send returned is no negative time', (t) => {
  const { derived } = analyse(withTrials((trial) => [{ ...trial, durationNs: 10e6, sendNs: 11e6 }]))
  t.regex(derived.floodLimit[0]!.why, /trailed by 0\.0 %/)
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

test('a program costs what its runs take beyond those of one that does nothing, batch by batch', (t) => {
  // The machine slows down half-way through: both take longer, and the difference is the same.
  const batch = (round: number, index: number) => 30 + 20 * round + (index % 3)
  const programCosts = [0, 1, 2, 3].map((round) => {
    const floorNs = Array.from({ length: 20 }, (_, index) => batch(round, index))
    return { path: 'redirect', program: 'redirect', floorNs, programNs: floorNs.map((ns) => ns + 41) }
  })
  const [cost, ...others] = analyse(input({ programCosts })).derived.programCost ?? []
  t.deepEqual(others, [])
  t.is(cost?.estimate, 41)
  t.deepEqual([cost?.path, cost?.program, cost?.unit, cost?.n], ['redirect', 'redirect', 'ns', 80])
})

test('the programs of a path that is invalid cost nothing that is worth telling', (t) => {
  const programCosts = [{ path: 'broken', program: 'x', programNs: [50], floorNs: [30] }]
  t.deepEqual(analyse(input({ programCosts })).derived.programCost, [])
})

test('a path that is held against another one is compared with that, and with nothing else', (t) => {
  const held = paths.map(({ name, role }) =>
    name === 'floor'
      ? { name, role: 'candidate' as const, kernel: 'b', against: 'redirect' }
      : { name, role, kernel: 'a' },
  )
  const { ratio, baseline } = comparisonIn(analyse(input({ paths: held })), 'floor', 'throughputPps')
  t.is(baseline, 'redirect')
  const expected = redirectRatio / floorRatio
  t.true(ratio.low! < expected && expected < ratio.high!, `${ratio.low} to ${ratio.high}`)
})

test('by emulation no path gets a verdict, and the reason is told', (t) => {
  const { comparisons } = analyse(input({ isEmulated: true }))
  t.true(comparisons.length > 0)
  for (const { verdict, withheldFor, withheld } of comparisons)
    t.deepEqual(
      [verdict, withheldFor, withheld],
      ['inconclusive', 'emulated', 'its kernel ran by emulation, whose timings mean nothing'],
    )
})

test("the router's own cost is known on the floor's kernel alone", (t) => {
  const onTwo = paths.map(({ name, role }) => ({ name, role, kernel: name === 'redirect' ? 'b' : 'a' }))
  const named = (analysis: typeof plain) => analysis.derived.routerCost.map(({ path }) => path)
  t.true(named(plain).includes('redirect'))
  t.deepEqual(
    named(analyse(input({ paths: onTwo }))),
    named(plain).filter((name) => name !== 'redirect'),
  )
})

test('of two floods that have names each has its own figures, and its own cost of the router', (t) => {
  const named = withTrials(
    (trial) =>
      trial.kind === 'flood'
        ? [
            { ...trial, name: 'small' },
            {
              ...trial,
              ...{ name: 'large', costNs: trial.costNs! * 2 },
              // What moves work in one flood takes no verdict from the other.
              senderCpuPackets: 3200,
              otherCpuPackets: trial.path === 'redirect' ? 3200 : 0,
            },
          ]
        : [trial],
    { trials: [{ kind: 'flood', name: 'small' }, { kind: 'flood', name: 'large' }, { kind: 'pingpong' }] },
  )
  const { estimates, comparisons, derived } = analyse(named)
  const costs = estimates.filter(({ path, metric }) => path === 'stack' && metric.startsWith('costNs'))
  t.deepEqual(
    costs.map(({ metric }) => metric),
    ['costNs@small', 'costNs@large'],
  )
  t.true(Math.abs(costs[1]!.estimate / costs[0]!.estimate - 2) < 1e-9)
  const withheld = comparisons
    .filter(({ path, metric }) => path === 'redirect' && metric.startsWith('costNs'))
    .map(({ metric, withheldFor }) => [metric, withheldFor])
  t.deepEqual(withheld, [
    ['costNs@small', undefined],
    ['costNs@large', 'work-moved'],
  ])
  t.deepEqual(
    derived.routerCost.filter(({ path }) => path === 'redirect').map(({ trial }) => trial),
    ['small'],
  )
  t.deepEqual(
    derived.floodLimit.filter(({ path }) => path === 'stack').map(({ trial }) => trial),
    ['large', 'small'],
  )
})
