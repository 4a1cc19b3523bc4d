import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import test from 'ava'
import { ratioOfRatios } from '../../src/across/across-runs.ts'
import { roundsOf } from '../../src/across/log-estimate.ts'
import { baselineRecord, baselineText } from '../../src/keep/baseline-record.ts'
import { inProject } from '../../src/host/project.ts'
import { parseRecord } from '../../src/keep/read.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { balancedRecord } from '../report/balanced-record.ts'
import { sampleRecord } from '../report/sample-record.ts'

const file = inProject('results', 'redirect-vs-stack', 'sample', 'run.json')
const real = parseRecord(readFileSync(file, 'utf8'), file)

test('the baseline of a real run is small enough to be committed', (t) => {
  const bytes = Buffer.byteLength(baselineText(real))
  t.true(bytes < 60_000, `${bytes} bytes`)
  t.true(bytes * 10 < Buffer.byteLength(readFileSync(file)))
})

for (const [what, record] of [
  ['a real run', real],
  ['a run of several servers', balancedRecord()],
] as const)
  test(`the baseline of ${what} is read as the record that it is, and follows the published schema`, (t) => {
    const text = baselineText(record)
    t.deepEqual(parseRecord(text, 'main.json'), baselineRecord(record))
    const schema = JSON.parse(readFileSync(inProject('results', 'run.schema.json'), 'utf8')) as object
    const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(schema)
    t.true(validate(JSON.parse(text)), JSON.stringify(validate.errors))
  })

test('a baseline has no samples, and every ratio of headline metrics to six digits', (t) => {
  const { trials, blocks, rounds, paths, comparisons, settings } = baselineRecord(real)
  t.deepEqual([trials, blocks, rounds], [[], [], []])
  t.true(paths.every(({ distributions }) => distributions.length === 0))
  t.is(roundsOf(baselineRecord(real)), roundsOf(real))
  t.is(settings.rounds, 6)
  for (const metric of ['throughputPps', 'pacedForwardNs.p99']) {
    const of = (all: RunRecord['comparisons']) =>
      all.find((one) => one.path === 'redirect' && one.metric === metric)!.ratio
    t.true(Math.abs(of(comparisons).estimate / of(real.comparisons).estimate - 1) < 1e-5)
    t.is(of(comparisons).estimate, Number(of(comparisons).estimate.toPrecision(6)))
  }
})

test('a run has not changed from its own baseline', (t) => {
  const across = ratioOfRatios(baselineRecord(real), real, 'redirect', 'throughputPps')
  t.true(across.state === 'compared' && Math.abs(across.quotient.log) < 1e-5)
})

test('the same run gives the same bytes, and another run differs line by line', (t) => {
  const text = baselineText(sampleRecord())
  t.is(text, baselineText(sampleRecord()))
  const [first, ...others] = sampleRecord().comparisons
  const changed = { ...sampleRecord(), comparisons: [{ ...first!, margin: 0.02 }, ...others] }
  const lines = text.split('\n')
  const differing = baselineText(changed)
    .split('\n')
    .filter((line, index) => line !== lines[index])
  t.is(differing.length, 1)
  t.regex(differing[0]!, /"margin":0\.02/)
})
