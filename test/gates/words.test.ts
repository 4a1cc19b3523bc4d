import test from 'ava'
import { judge } from '../../src/gates/judge.ts'
import type { Reference } from '../../src/gates/regression-figures.ts'
import { estimateText, judgementReasons, limitText, rangeText } from '../../src/gates/words.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, noisyRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { gateOf } from './made-gates.ts'

const record = sampleRecord()

const textsOf = (text: string, run: RunRecord = record, reference?: Reference) => {
  const [judged] = judge([gateOf(text)], run, reference)
  const [figure] = judged!.figures
  return {
    cells: figure === undefined ? [] : [limitText(figure), estimateText(figure), rangeText(figure)],
    reasons: judgementReasons(judged!).map(({ outcome, text: reason }) => `${outcome}: ${reason}`),
  }
}

test('ratios, levels and changes are written each in their own way', (t) => {
  t.deepEqual(textsOf('redirect.throughputPps.ratio >= 1.02').cells, ['≥ 1.02', '1.060', '1.057 to 1.063'])
  t.deepEqual(textsOf('redirect.rttNs.p50 <= 30us').cells, ['≤ 30.0 µs', '23.6 µs', '23.1 to 24.0 µs'])
  t.deepEqual(textsOf('regression <= 2.5%', record, { kind: 'run', record, isAbsolute: false }).cells, [
    '≥ −2.5 %',
    '0.0 %',
    '−0.7 to +0.7 %',
  ])
})

test('what is held needs no reason', (t) => {
  t.deepEqual(textsOf('redirect.throughputPps.ratio >= 1.02').reasons, [])
})

for (const [text, run, reason] of [
  [
    'redirect.throughputPps.ratio >= 1.1',
    record,
    'breached: redirect, throughput: the whole interval lies beyond ≥ 1.1',
  ],
  [
    'redirect.throughputPps.ratio >= 1.058',
    record,
    'undecided: redirect, throughput: the interval reaches over the limit; a run 3 times as long would decide, if the estimate stays',
  ],
  [
    'redirect.throughputPps.ratio >= 1.07',
    noisyRecord(),
    'undecided: redirect, throughput: beyond the limit by less than the baseline path differs from itself in this run (1.7 %, by the control)',
  ],
  [
    'redirect.costNs <= 9us',
    skippedRecord(),
    'undecided: redirect, sender CPU time per packet delivered: redirect was skipped: This kernel has no cls_bpf.',
  ],
  [
    'valid',
    invalidRecord(),
    'breached: redirect is invalid: netns-2 forwarded 1.000 packets per delivered packet, and 0 were expected.',
  ],
] as const)
  test(`${text} says why: ${reason.slice(0, 60)}…`, (t) => {
    t.deepEqual(textsOf(text, run).reasons, [reason])
  })

test('figures with the same reason are told together', (t) => {
  const reference: Reference = { kind: 'run', record, isAbsolute: false }
  const [reason, ...others] = textsOf('regression <= 3%', skippedRecord(), reference).reasons
  t.is(others.length, 0)
  t.regex(
    reason ?? '',
    /^breached: redirect, throughput, sender CPU time per packet delivered, median round trip, .*: measured in run \S+, and now redirect was skipped/,
  )
})
