import test from 'ava'
import { type ExportOptions, formats } from '../../src/export/formats.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { parseRecord } from '../../src/keep/read.ts'
import { variants } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { laterRecord, slowerRecord, strippedRecord } from './export-records.ts'

const options: ExportOptions = {
  all: true,
  samples: false,
  gateChecks: [],
  scenarioFile: 'scenarios/redirect-vs-stack.yaml',
}

const optionalOfTrial = ['reordered', 'duplicated', 'senderCpuNs', 'receiverCpuNs', 'lossRatio', 'costNs']

/** Without whatever a record may do without, as the first version wrote it. */
const oldestRecord = (): RunRecord => {
  const record = sampleRecord()
  const text = JSON.stringify({
    ...record,
    comparisons: record.comparisons.map(({ pValueMethod: _method, ...rest }) => rest),
    trials: record.trials.map((trial) =>
      Object.fromEntries(Object.entries(trial).filter(([key]) => !optionalOfTrial.includes(key))),
    ),
  })
  return parseRecord(text, 'run.json')
}

const records = {
  ...variants,
  'a run that is slower': slowerRecord,
  'a run of a later version': laterRecord,
  'a run of the first version': oldestRecord,
  'a run without samples': strippedRecord,
}

for (const { name, render } of formats)
  for (const [what, make] of Object.entries(records))
    test(`${name} has no number in ${what} that is none`, (t) => {
      const text = render(make(), options)
      t.notRegex(text, /\b(NaN|Infinity|undefined|null)\b/)
      t.true(text === '' || text.endsWith('\n'))
      t.false(text.endsWith('\n\n'))
    })

test('formats have names of their own', (t) => {
  t.is(new Set(formats.map(({ name }) => name)).size, formats.length)
})

test('csv has the summary, or every sample', (t) => {
  const csv = formats.find(({ name }) => name === 'csv')!
  const rows = (samples: boolean) => csv.render(sampleRecord(), { ...options, samples }).split('\n')
  t.is(
    rows(false)[1],
    '2026-11-12T140312Z-5f3a,stack,throughputPps,pps,180000,176400,183600,80,,,,,,,measured,0,0,0,0,0,',
  )
  t.regex(rows(true)[0] ?? '', /^runId,round,block,position,path/)
  t.is(csv.render(strippedRecord(), { ...options, samples: true }), '')
})
