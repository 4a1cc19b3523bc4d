import test from 'ava'
import { judge } from '../../src/gates/judge.ts'
import { invalidRecord, noisyRecord, skippedRecord } from '../report/record-variants.ts'
import { record, judgeOne, figureOf } from './judged-record.ts'
import { gateOf } from './made-gates.ts'

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
