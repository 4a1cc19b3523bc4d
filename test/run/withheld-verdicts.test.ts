import test from 'ava'
import type { TrialRecord } from '../../src/record/record.ts'
import { metricNamed } from '../../src/record/metrics.ts'
import { analyse } from '../../src/run/analysis.ts'
import { withReasons } from '../../src/run/withheld.ts'
import { input, withTrials, comparisonIn, floods, paths, plain } from './simulated-analysis.ts'

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
    withTrials(
      (trial) => [{ ...trial, senderCpuPackets: 100, otherCpuPackets: trial.path === 'stack' ? 40 : 0 }],
      floods,
    ),
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
  const analysis = analyse(input({ ...floods, paths: controlless, margin: 0.1 }))
  const { verdict, withheld } = comparisonIn(analysis, 'redirect', 'throughputPps')
  t.is(verdict, 'inconclusive')
  t.regex(withheld!, /^there is no control that was measured/)
  t.is(comparisonIn(analysis, 'floor', 'throughputPps').verdict, 'faster')
})

test('of one round there is no verdict, whatever its interval', (t) => {
  const analysis = analyse(withTrials((trial) => (trial.round === 0 ? [trial] : [])))
  const { verdict, withheldFor, ratio } = comparisonIn(analysis, 'redirect', 'throughputPps')
  t.true(ratio.low! > 1.02)
  t.deepEqual([verdict, withheldFor], ['inconclusive', 'one-round'])
  // Neither does what is undecided anyway hold a gate.
  t.true(analysis.comparisons.every((one) => one.withheldFor === 'one-round'))
})

test('a path on which TCP had more to make up for than on the baseline is not called faster in what goes by TCP', (t) => {
  const comparison = { ...comparisonIn(plain, 'redirect', 'throughputPps'), verdict: 'faster' as const }
  const judged = (metric: string, allows = {}) =>
    withReasons(
      comparison,
      {
        definition: metricNamed(metric)!,
        ...{ hasControl: true, isControlEquivalent: true, isEmulated: false, isOneRound: false },
        path: { name: 'redirect', role: 'candidate', repairs: repairs(30), allows },
        reference: { name: 'stack', role: 'baseline', repairs: repairs(0) },
      },
      { trials: [], rounds: [] },
    )
  const repairs = (resent: number) => ({ segments: 50_000, resent, repeated: 0 })
  for (const metric of ['httpRps', 'tcpRrNs.p50'])
    t.like(judged(metric), {
      verdict: 'inconclusive',
      withheldFor: 'lost-segments',
      withheld: 'it lost 30 of 50000 TCP segments at least, stack 0 of 50000',
    })
  t.is(judged('rttNs.p50').verdict, 'faster')
  t.is(judged('httpRps', { lossRatio: 0.001 }).verdict, 'faster')
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
