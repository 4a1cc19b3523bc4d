import test from 'ava'
import { gateChecks } from '../../src/export/gate-checks.ts'
import { scenarioGates } from '../../src/gates/read-gates.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { slowerRecord } from './export-records.ts'

const checks = (record: RunRecord, gates: readonly string[], before?: RunRecord) =>
  gateChecks(
    scenarioGates(`gates:\n${gates.map((gate) => `  - ${gate}\n`).join('')}`, 'scenario').map((gate) => ({
      gate,
      file: undefined,
    })),
    record,
    before === undefined ? undefined : { kind: 'run', record: before, isAbsolute: false },
  )

test('a gate that is held passes, at its line of the scenario', (t) => {
  t.deepEqual(checks(sampleRecord(), ['valid', 'redirect.throughputPps.ratio >= 1.02']), [
    {
      subject: { kind: 'gate', file: undefined, line: 2 },
      name: 'valid',
      state: 'passed',
      message: 'valid is held',
    },
    {
      subject: { kind: 'gate', file: undefined, line: 3 },
      name: 'redirect.throughputPps.ratio >= 1.02',
      state: 'passed',
      message: 'redirect.throughputPps.ratio >= 1.02 is held',
    },
  ])
})

test('a gate that is breached fails, and one that the interval reaches over is undecided', (t) => {
  const [breached, undecided] = checks(sampleRecord(), [
    'redirect.throughputPps.ratio >= 1.2',
    'redirect.throughputPps.ratio >= 1.06',
  ])
  t.is(breached?.state, 'failed')
  t.regex(
    breached?.message ?? '',
    /^redirect\.throughputPps\.ratio >= 1\.2 is breached: redirect.* 1\.060 \(1\.057 to 1\.063\), /,
  )
  t.is(undecided?.state, 'undecided')
  t.regex(undecided?.message ?? '', / is undecided: redirect.* 1\.060 \(1\.057 to 1\.063\), /)
})

test('an invalid path breaches the gate that asks for valid ones', (t) => {
  const [valid] = checks(invalidRecord(), ['valid'])
  t.is(valid?.state, 'failed')
  t.regex(valid?.message ?? '', /^valid is breached: redirect is invalid: netns-2 forwarded/)
})

test('regression is judged against another run, and undecided where there is none', (t) => {
  t.deepEqual(
    checks(slowerRecord(), ['regression <= 3%']).map(({ state, message }) => [state, message]),
    [
      [
        'undecided',
        'regression <= 3% is not judged: there is no other run to compare with (--baseline names one)',
      ],
    ],
  )
  t.is(checks(slowerRecord(), ['regression <= 3%'], sampleRecord())[0]?.state, 'failed')
})
