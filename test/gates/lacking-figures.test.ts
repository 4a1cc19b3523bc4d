import test from 'ava'
import { judge } from '../../src/gates/judge.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, singleBlockRecord, skippedRecord } from '../report/record-variants.ts'
import { record, judgeOne, against, silent } from './judged-record.ts'
import { gateOf } from './made-gates.ts'

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

test('a path that delivers nothing where others do breaches what it is held to, even valid', (t) => {
  const run = silent('redirect', 'throughputPps')
  for (const text of ['redirect.throughputPps.ratio >= 0.5', 'redirect.throughputPps >= 1pps', 'valid'])
    t.is(judgeOne(text, run).outcome, 'breached', text)
  t.is(judgeOne('redirect.costNs.ratio <= 1.03', run).outcome, 'held')
  t.is(judgeOne('redirect.throughputPps.ratio >= 0.5', silent('stack', 'throughputPps')).outcome, 'breached')
  t.deepEqual(judgeOne('valid', run).invalidPaths, ['redirect has no figure of throughput, and others have'])
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
