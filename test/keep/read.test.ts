import test from 'ava'
import { BenchError, describeError } from '../../src/host/errors.ts'
import { parseRecord } from '../../src/keep/read.ts'
import { sampleRecord } from '../report/sample-record.ts'

const whole = sampleRecord()
/** One block is enough, and fits on a page where a test fails. */
const record = { ...whole, blocks: whole.blocks.slice(0, 1), trials: whole.trials.slice(0, 12) }
const text = JSON.stringify(record)

const refused = (damaged: string): BenchError => {
  try {
    parseRecord(damaged, 'results/a/run.json')
  } catch (error) {
    if (error instanceof BenchError) return error
    throw error
  }
  throw new Error('it was read')
}

test('what was written is read', (t) => {
  t.deepEqual(parseRecord(text, 'run.json'), record)
})

test('a file that is cut off is told', (t) => {
  const error = refused(text.slice(0, -100))
  t.is(error.message, 'Could not read run results/a/run.json: it is truncated, or not JSON')
  t.is(error.trouble, 'usage')
  t.not(error.details, '')
})

test('an empty file is told', (t) => {
  t.is(refused('').message, 'Could not read run results/a/run.json: it is truncated, or not JSON')
})

test('a record of a later version is told as such, with what can read it', (t) => {
  const later = JSON.stringify({ ...sampleRecord(), schemaVersion: 7, trials: 'elsewhere' })
  t.is(
    describeError(refused(later)),
    'Could not read run results/a/run.json: it is of version 7, and this pathbench knows versions up to 1\nHint: read it with the pathbench that wrote it, or a later one',
  )
})

for (const [what, other] of Object.entries({
  null: 'null',
  'a number': '7',
  'a list': '[]',
  'another file': '{"name":"x"}',
}))
  test(`${what} is no record`, (t) => {
    t.is(refused(other).message, 'Could not read run results/a/run.json: it is not a record of a run')
  })

test('a wrong value is told with its place', (t) => {
  const error = refused(JSON.stringify({ ...sampleRecord(), seed: 'many' }))
  t.is(error.details, '✖ Invalid input: expected number, received string\n  → at seed')
})

test('of many wrong values the first are told', (t) => {
  t.is(refused('{}').details?.split('\n').length, 10)
})
