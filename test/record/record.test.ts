import test from 'ava'
import { runRecordSchema, schemaVersion } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { variants } from '../report/record-variants.ts'

const holdsKeys = test.macro({
  title: (what) => `${what} has the keys that every version keeps`,
  exec: (t, value: object | undefined, ...keys: readonly string[]) => {
    for (const key of keys) t.true(key in value!, key)
  },
})

const record = sampleRecord()
const skipped = variants['a run with a skipped path']!().paths.find(({ status }) => status === 'skipped')

test(
  'a record',
  holdsKeys,
  record,
  ...['schemaVersion', 'runId', 'scenario', 'startedAt', 'complete', 'seed', 'settings', 'environment'],
  ...['paths', 'estimates', 'comparisons', 'warnings'],
)
test('a path', holdsKeys, record.paths[0], 'name', 'role', 'status', 'proof')
test('a path that was skipped', holdsKeys, skipped, 'name', 'role', 'status', 'reason', 'proof')
test('a line of proof', holdsKeys, record.paths[0]?.proof[0], 'what', 'expected', 'observed', 'holds')
test(
  'an estimate',
  holdsKeys,
  record.estimates[0],
  ...['path', 'metric', 'unit', 'estimate', 'low', 'high', 'n'],
)
test(
  'a comparison',
  holdsKeys,
  record.comparisons[0],
  ...['path', 'baseline', 'metric', 'unit', 'ratio', 'pValue', 'verdict'],
)
test(
  'a ratio',
  holdsKeys,
  record.comparisons[0]?.ratio,
  ...['estimate', 'low', 'high', 'confidence', 'method', 'n'],
)
test('a warning', holdsKeys, record.warnings[0], 'code', 'message')

test('a record says which version of the schema it follows', (t) => {
  t.is(record.schemaVersion, schemaVersion)
})

test('fields that later versions of the same schema may add are let pass', (t) => {
  t.true(runRecordSchema.safeParse({ ...record, colour: 'blue' }).success)
})

test('a verdict that there is not, and a status that there is not, are refused', (t) => {
  const [comparison] = record.comparisons
  const [path] = record.paths
  t.false(
    runRecordSchema.safeParse({ ...record, comparisons: [{ ...comparison, verdict: 'better' }] }).success,
  )
  t.false(runRecordSchema.safeParse({ ...record, paths: [{ ...path, status: 'broken' }] }).success)
})

test('a record without a path is none: nothing could be held or compared', (t) => {
  t.false(runRecordSchema.safeParse({ ...record, paths: [] }).success)
})
