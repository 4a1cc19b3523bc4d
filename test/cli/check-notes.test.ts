import test from 'ava'
import { checkNotes } from '../../src/cli/commands/check-notes.ts'
import { defaultRegression } from '../../src/gates/gates-for-run.ts'
import { judge } from '../../src/gates/judge.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { gateOf } from '../gates/made-gates.ts'
import { partialRecord, singleBlockRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = sampleRecord()
const notesOf = (run: RunRecord): string[] => checkNotes(run, undefined, judge([gateOf('valid')], run), false)

test('of a whole run with a quiet control there is nothing to note', (t) => {
  t.deepEqual(notesOf(record), [])
})

test('a partial run is told, and one without any interval', (t) => {
  t.regex(notesOf(partialRecord()).join('\n'), /^run \S+ is partial: /)
  t.regex(
    notesOf(singleBlockRecord()).join('\n'),
    /^run \S+ has no interval at all: no ratio can be judged on it\n/,
  )
})

const withControl = (changes: Partial<RunRecord['paths'][number]>): RunRecord => ({
  ...record,
  comparisons: record.comparisons.filter(({ path }) => path !== 'control'),
  paths: record.paths.map((path) => (path.role === 'control' ? { ...path, ...changes } : path)),
})

for (const [what, run, note] of [
  [
    'is invalid',
    withControl({ status: 'invalid', reason: 'it lost a packet' }),
    /^the control of run \S+ is invalid: the noise of this run is not known \(it lost a packet\)$/,
  ],
  [
    'was skipped',
    withControl({ status: 'skipped' }),
    /^the control of run \S+ was skipped: the noise of this run is not known$/,
  ],
  [
    'is not there',
    { ...withControl({}), paths: record.paths.filter(({ role }) => role !== 'control') },
    /^run \S+ has no control: the noise of this run is not known$/,
  ],
  [
    'has no interval',
    withControl({}),
    /^the control of run \S+ has no interval in throughput, sender CPU time per packet delivered, .*: the noise of this run is not known there$/,
  ],
] as const)
  test(`a control that ${what} is told: nothing says how noisy the run was`, (t) => {
    const [first = '', ...others] = notesOf(run)
    t.regex(first, note)
    t.deepEqual(others, [])
    const against = checkNotes(record, { ...run, runId: 'the-other' }, [], false)
    t.true(against[0]!.includes('run the-other'))
  })

test('what is compared unasked is told', (t) => {
  const reference = { kind: 'run', record, isAbsolute: false } as const
  const notes = checkNotes(record, record, judge([defaultRegression], record, reference), false)
  t.regex(notes[0]!, /^no gate says how much worse than run \S+ it may be: it is held to "regression <= 3%"$/)
})
