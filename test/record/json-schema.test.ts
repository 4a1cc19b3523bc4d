import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import test from 'ava'
import { inProject } from '../../src/host/project.ts'
import { runJsonSchema } from '../../src/record/json-schema.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { variants } from '../report/record-variants.ts'

const published = JSON.parse(readFileSync(inProject('results', 'run.schema.json'), 'utf8')) as object
// The schema has a pattern beside each format.
const isRecord = new Ajv2020({ formats: { 'date-time': true } }).compile(published)

test('the published schema is the one that the code has (bench schema run)', (t) => {
  t.deepEqual(published, JSON.parse(JSON.stringify(runJsonSchema())))
})

for (const [what, make] of Object.entries(variants))
  test(`the record of ${what} follows the published schema`, (t) => {
    isRecord(JSON.parse(JSON.stringify(make())))
    t.deepEqual(isRecord.errors ?? [], [])
  })

test('a record of a later version, with further fields, still follows it', (t) => {
  const [path, ...paths] = sampleRecord().paths
  t.true(isRecord({ ...sampleRecord(), colour: 'blue', paths: [{ ...path, shade: 'light' }, ...paths] }))
})

test('a record that lacks a key or has a wrong value does not', (t) => {
  const { seed: _seed, ...seedless } = sampleRecord()
  t.false(isRecord(seedless))
  t.false(isRecord({ ...sampleRecord(), startedAt: 'yesterday' }))
  t.false(isRecord({ ...sampleRecord(), schemaVersion: 2 }))
})
