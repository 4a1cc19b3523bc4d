import test from 'ava'
import { judge, type JudgedFigure } from '../../src/gates/judge.ts'
import type { Reference } from '../../src/gates/regression-figures.ts'
import { BenchError } from '../../src/host/errors.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, noisyRecord, singleBlockRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { gateOf } from './made-gates.ts'

const record = sampleRecord()

const judgeOne = (text: string, run: RunRecord = record, reference?: Reference) =>
  judge([gateOf(text)], run, reference)[0]!

const figureOf = (text: string, run?: RunRecord, reference?: Reference): JudgedFigure =>
  judgeOne(text, run, reference).figures[0]!

// Throughput's ratio is 1.0604, with an interval of ± 0.003; its 99th percentiles' are ± 0.012.
for (const [text, outcome] of [
  ['redirect.throughputPps.ratio >= 1.057', 'held'],
  ['redirect.throughputPps.ratio >= 1.06', 'undecided'],
  ['redirect.throughputPps.ratio >= 1.065', 'breached'],
  ['redirect.throughputPps.ratio <= 1.065', 'held'],
  ['redirect.throughputPps.ratio <= 1.05', 'breached'],
  ['redirect.rttNs.p99.ratio <= 0.95', 'undecided'],
  ['redirect.rttNs.p50 <= 30us', 'held'],
  ['redirect.rttNs.p50 <= 20us', 'breached'],
  ['stack.throughputPps >= 150kpps', 'held'],
  ['stack.throughputPps >= 180kpps', 'undecided'],
  ['redirect.lossRatio <= 0.1%', 'held'],
  ['redirect.lossRatio <= 0', 'held'],
] as const)
  test(`${text} is ${outcome}`, (t) => {
    t.is(judgeOne(text).outcome, outcome)
  })

test('a figure carries its estimate, its interval and its limit', (t) => {
  const { estimate, low, high, limit, unit, comparator } = figureOf('redirect.rttNs.p50 <= 30us')
  t.true(Math.abs(estimate! - 23_575) < 1e-6 && low! < estimate! && high! > estimate!)
  t.deepEqual([limit, unit, comparator], [30_000, 'ns', '<='])
})

test('valid is held by a run whose every proof holds, and breached by one with an invalid path', (t) => {
  t.is(judgeOne('valid').outcome, 'held')
  t.is(judgeOne('valid', skippedRecord()).outcome, 'held')
  const judged = judgeOne('valid', invalidRecord())
  t.is(judged.outcome, 'breached')
  t.regex(judged.invalidPaths[0]!, /^redirect is invalid: netns-2 forwarded/)
})

const lacking = test.macro({
  title: (_title, what: string) => `a gate on a path that ${what}, never held`,
  exec: (t, _what: string, run: RunRecord, outcome: string, reason: RegExp) => {
    for (const text of ['redirect.throughputPps.ratio >= 1.02', 'redirect.rttNs.p50 <= 30us']) {
      const judged = judgeOne(text, run)
      t.is(judged.outcome, outcome as never)
      const { doubt, estimate } = judged.figures[0]!
      t.is(estimate, null)
      t.regex(doubt?.kind === 'lacking' ? doubt.reason : '', reason)
    }
  },
})
test(lacking, 'was skipped is undecided', skippedRecord(), 'undecided', /^redirect was skipped: This kernel/)
test(
  lacking,
  'is invalid is breached',
  invalidRecord(),
  'breached',
  /^redirect is invalid: netns-2 forwarded/,
)
test(
  lacking,
  'has too few blocks is undecided',
  singleBlockRecord(),
  'undecided',
  /^too few blocks for an interval$/,
)

test('a ratio to an invalid baseline path is breached', (t) => {
  const run: RunRecord = {
    ...record,
    comparisons: [],
    paths: record.paths.map((path) => (path.name === 'stack' ? { ...path, status: 'invalid' } : path)),
  }
  t.is(judgeOne('redirect.throughputPps.ratio >= 1.02', run).outcome, 'breached')
})

test('with several figures a breach needs more than its own 95 %, and says so', (t) => {
  // Above 1.0634, where the interval ends, by a little: alone that is a breach.
  const near = 'redirect.throughputPps.ratio >= 1.0637'
  t.is(judgeOne(near).outcome, 'breached')
  const others = ['costNs', 'rttNs.p50', 'rttNs.p90', 'forwardNs.p50', 'forwardNs.p90'].map(
    (metric) => `redirect.${metric}.ratio <= 1.2`,
  )
  const [first, ...rest] = judge([near, ...others].map(gateOf), record)
  t.is(first!.outcome, 'undecided')
  const { doubt } = first!.figures[0]!
  t.true(doubt?.kind === 'many' && doubt.figures === 6 && Math.abs(doubt.confidence - (1 - 0.05 / 6)) < 1e-12)
  t.true(rest.every(({ outcome }) => outcome === 'held'))
})

test('a breach that the control may explain is undecided', (t) => {
  const text = 'redirect.throughputPps.ratio >= 1.07'
  t.is(judgeOne(text).outcome, 'breached')
  const { outcome, doubt } = figureOf(text, noisyRecord())
  t.is(outcome, 'undecided')
  t.true(doubt?.kind === 'control' && Math.abs(doubt.factor - 1.017) < 1e-9)
  t.is(judgeOne('redirect.throughputPps.ratio >= 1.1', noisyRecord()).outcome, 'breached')
  t.is(judgeOne('control.throughputPps.ratio <= 1.01', noisyRecord()).outcome, 'breached')
})

/** The run with the candidate's ratios in one metric multiplied by a factor. */
const changed = (metric: string, factor: number): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((one) => {
    if (one.path !== 'redirect' || one.metric !== metric) return one
    const { estimate, low, high } = one.ratio
    const times = (value: number | null) => (value === null ? null : value * factor)
    return {
      ...one,
      ratio: { ...one.ratio, estimate: estimate * factor, low: times(low), high: times(high) },
    }
  }),
})

const against = (other: RunRecord, isAbsolute = false): Reference => ({
  kind: 'run',
  record: other,
  isAbsolute,
})

test('regression looks at every headline metric of every candidate, in the worse direction', (t) => {
  const { figures, outcome } = judgeOne('regression <= 3%', record, against(record))
  t.is(outcome, 'held')
  t.deepEqual(
    figures.map(({ path, metric, comparator, limit }) => `${path} ${metric} ${comparator} ${limit}`),
    [
      'redirect throughputPps >= 0.97',
      'redirect costNs <= 1.03',
      'redirect rttNs.p50 <= 1.03',
      'redirect rttNs.p99 <= 1.03',
      'redirect pacedForwardNs.p50 <= 1.03',
      'redirect pacedForwardNs.p90 <= 1.03',
    ],
  )
})

for (const [metric, factor, outcome] of [
  ['throughputPps', 0.95, 'breached'],
  ['throughputPps', 1.05, 'held'],
  ['throughputPps', 0.97, 'undecided'],
  ['costNs', 1.05, 'breached'],
  ['costNs', 0.9, 'held'],
  ['rttNs.p90', 1.5, 'held'],
] as const)
  test(`regression is ${outcome} where ${metric} changed by ${factor} since the other run`, (t) => {
    t.is(judgeOne('regression <= 3%', changed(metric, factor), against(record)).outcome, outcome)
  })

test('in a run of two versions, regression is against the baseline path', (t) => {
  const versions: Reference = { kind: 'baseline-path' }
  t.is(judgeOne('regression <= 3%', record, versions).outcome, 'held')
  t.is(judgeOne('regression <= 3%', changed('throughputPps', 0.9), versions).outcome, 'breached')
})

test('regression without anything to compare with is an error that says what to give', (t) => {
  const error = t.throws(() => judgeOne('regression <= 3%'), { instanceOf: BenchError })
  t.is(error.trouble, 'usage')
  t.regex(error.hint ?? '', /--baseline/)
})

test('absolute figures of candidate and baseline path are compared only when asked for', (t) => {
  const slow: RunRecord = {
    ...record,
    estimates: record.estimates.map((one) => {
      const factor = one.metric === 'throughputPps' ? 0.7 : 1
      const times = (value: number | null) => (value === null ? null : value * factor)
      return { ...one, estimate: one.estimate * factor, low: times(one.low), high: times(one.high) }
    }),
  }
  t.is(judgeOne('regression <= 3%', slow, against(record)).outcome, 'held')
  const { outcome, figures } = judgeOne('regression <= 3%', slow, against(record, true))
  t.is(outcome, 'breached')
  t.deepEqual(
    figures.filter((figure) => figure.outcome === 'breached').map(({ path, metric }) => `${path} ${metric}`),
    ['stack throughputPps', 'redirect throughputPps'],
  )
})

test('a path that the other run has no figures of leaves regression undecided', (t) => {
  t.is(judgeOne('regression <= 3%', record, against(skippedRecord())).outcome, 'undecided')
  t.is(judgeOne('regression <= 3%', record, against(invalidRecord())).outcome, 'undecided')
})

/** The run in which a path has nothing in a metric: it delivered nothing. */
const silent = (path: string, metric: string, run: RunRecord = record): RunRecord => ({
  ...run,
  estimates: run.estimates.filter((one) => one.path !== path || one.metric !== metric),
  comparisons: run.comparisons.filter(
    (one) => one.metric !== metric || (one.path !== path && one.baseline !== path),
  ),
})

const withoutRedirect: RunRecord = {
  ...skippedRecord(),
  paths: record.paths.filter(({ name }) => name !== 'redirect'),
}

for (const [what, now, reason] of [
  ['is invalid now', invalidRecord(), /^measured in run \S+, and now redirect is invalid: netns-2/],
  ['was skipped now', skippedRecord(), /^measured in run \S+, and now redirect was skipped: This/],
  ['is not there any more', withoutRedirect, /^measured in run \S+, and now run \S+ has no path redirect$/],
  [
    'has no throughput any more',
    silent('redirect', 'throughputPps'),
    /^measured in run \S+, and now redirect has no figure of throughput; there is one of stack, control, floor$/,
  ],
] as const)
  test(`a path that was measured in the other run and ${what} breaches regression, and says so`, (t) => {
    for (const isAbsolute of [false, true]) {
      const { outcome, figures } = judgeOne('regression <= 3%', now, against(record, isAbsolute))
      t.is(outcome, 'breached')
      const missing = figures.find((one) => one.path === 'redirect' && one.metric === 'throughputPps')
      t.is(missing?.outcome, 'breached')
      t.is(missing?.estimate, null)
      t.regex(missing?.doubt?.kind === 'lacking' ? missing.doubt.reason : '', reason)
    }
  })

test('a path that delivers nothing where others do breaches what it is held to, even valid', (t) => {
  const run = silent('redirect', 'throughputPps')
  for (const text of ['redirect.throughputPps.ratio >= 0.5', 'redirect.throughputPps >= 1pps', 'valid'])
    t.is(judgeOne(text, run).outcome, 'breached', text)
  t.is(judgeOne('redirect.costNs.ratio <= 1.03', run).outcome, 'held')
  t.is(judgeOne('redirect.throughputPps.ratio >= 0.5', silent('stack', 'throughputPps')).outcome, 'breached')
  t.deepEqual(judgeOne('valid', run).invalidPaths, ['redirect has no figure of throughput, and others have'])
})

test('in a run of two versions, a newer one that delivers nothing breaches regression', (t) => {
  const { outcome } = judgeOne('regression <= 3%', silent('redirect', 'throughputPps'), {
    kind: 'baseline-path',
  })
  t.is(outcome, 'breached')
})

test('what a run that ended early has not come to is undecided, and so is whether it is valid', (t) => {
  const run = { ...silent('redirect', 'throughputPps'), complete: false }
  t.is(judgeOne('redirect.throughputPps.ratio >= 0.5', run).outcome, 'undecided')
  t.is(judgeOne('regression <= 3%', run, against(record)).outcome, 'undecided')
  t.is(judgeOne('valid', { ...record, complete: false }).outcome, 'undecided')
  t.is(judgeOne('valid', { ...invalidRecord(), complete: false }).outcome, 'breached')
  // As it is written while a run goes on: comparisons alone.
  const rough = { ...record, complete: false, estimates: [] }
  t.is(judgeOne('redirect.rttNs.p50 <= 1s', rough).outcome, 'undecided')
})

test('a figure without an interval is never held', (t) => {
  const run = singleBlockRecord()
  for (const text of ['redirect.throughputPps.ratio >= 0.1', 'redirect.rttNs.p50 <= 1s'])
    t.is(judgeOne(text, run).outcome, 'undecided', text)
  t.is(judgeOne('regression <= 3%', run, against(record)).outcome, 'undecided')
  t.is(judgeOne('regression <= 3%', record, against(run)).outcome, 'undecided')
})

test('figures that are missing widen no interval, and the control is not blamed for them', (t) => {
  // Above 1.0634, where the interval ends, by a little: alone that is a breach.
  const near = 'redirect.throughputPps.ratio >= 1.0637'
  const bare = ['costNs', 'rttNs.p50', 'rttNs.p90', 'forwardNs.p50', 'forwardNs.p90']
  const run: RunRecord = {
    ...record,
    comparisons: record.comparisons.map((one) =>
      bare.includes(one.metric) ? { ...one, ratio: { ...one.ratio, low: null, high: null } } : one,
    ),
  }
  const gates = [near, ...bare.map((metric) => `redirect.${metric}.ratio <= 1.2`)]
  const [first, ...rest] = judge(gates.map(gateOf), run)
  t.is(first!.outcome, 'breached')
  t.deepEqual(
    rest.map(({ outcome, figures }) => [outcome, figures[0]!.doubt]),
    bare.map(() => ['undecided', { kind: 'lacking', reason: 'too few blocks for an interval' }]),
  )
})

test('where there is nothing to look at, regression is undecided, and not held', (t) => {
  const untried: RunRecord = { ...record, settings: { ...record.settings, trials: [] } }
  t.is(judgeOne('regression <= 3%', untried, against(record)).outcome, 'undecided')
})

const withheld = (withheldFor: 'work-moved' | 'undelivered' | 'control'): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((one) =>
    one.path === 'redirect' && one.metric === 'costNs'
      ? { ...one, verdict: 'inconclusive', withheld: 'for a reason', withheldFor }
      : one,
  ),
})

for (const [kind, outcome] of [
  ['work-moved', 'undecided'],
  ['undelivered', 'breached'],
  ['control', 'held'],
] as const)
  test(`a ratio that is withheld for ${kind} is ${outcome}, with the reason`, (t) => {
    const run = withheld(kind)
    const { outcome: own, figures } = judgeOne('redirect.costNs.ratio <= 1.03', run)
    t.is(own, outcome)
    t.is(
      figures[0]?.doubt?.kind === 'lacking' ? figures[0].doubt.reason : undefined,
      outcome === 'held' ? undefined : 'for a reason',
    )
    t.is(judgeOne('regression <= 3%', run, against(record)).outcome, outcome)
  })
