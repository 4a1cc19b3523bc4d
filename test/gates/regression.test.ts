import test from 'ava'
import type { Reference } from '../../src/gates/regression-figures.ts'
import { BenchError } from '../../src/host/errors.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, skippedRecord } from '../report/record-variants.ts'
import { record, judgeOne, against, silent } from './judged-record.ts'

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

test('where there is nothing to look at, regression is undecided, and not held', (t) => {
  const untried: RunRecord = { ...record, settings: { ...record.settings, trials: [] } }
  t.is(judgeOne('regression <= 3%', untried, against(record)).outcome, 'undecided')
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

test('in a run of two versions, a newer one that delivers nothing breaches regression', (t) => {
  const { outcome } = judgeOne('regression <= 3%', silent('redirect', 'throughputPps'), {
    kind: 'baseline-path',
  })
  t.is(outcome, 'breached')
})
