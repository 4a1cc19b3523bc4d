import { Ajv } from 'ajv'
import test from 'ava'
import { githubActionBenchmark } from '../../src/export/github-action-benchmark.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, lossyRecord, singleBlockRecord, variants } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord } from './export-records.ts'

interface Entry {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly range?: string
  readonly extra?: string
}

/** What the action documents of its custom tools; the range is as it takes it apart. */
const isBenchmark = new Ajv().compile<Entry[]>({
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['name', 'unit', 'value'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 1 },
      unit: { type: 'string', minLength: 1 },
      value: { type: 'number' },
      range: { type: 'string', pattern: '^± \\d+(\\.\\d+)?(e[+-]\\d+)?$' },
      extra: { type: 'string' },
    },
  },
})

const entriesOf = (record: RunRecord, ...rest: [typeof headlines | typeof everything, 'higher' | 'lower']) =>
  JSON.parse(githubActionBenchmark(record, ...rest)) as Entry[]

test('one file holds what gets better with more', (t) => {
  const entries = entriesOf(sampleRecord(), headlines, 'higher')
  t.deepEqual(
    entries.map(({ name }) => name),
    [
      'redirect-vs-stack/stack/throughputPps',
      'redirect-vs-stack/redirect/throughputPps.ratio',
      'redirect-vs-stack/redirect/throughputPps',
      'redirect-vs-stack/stack/valid',
      'redirect-vs-stack/redirect/valid',
    ],
  )
  t.deepEqual(entries[1], {
    name: 'redirect-vs-stack/redirect/throughputPps.ratio',
    unit: 'ratio',
    value: 1.06045,
    range: '± 0.003',
    extra: 'redirect / stack\n95 %: 1.05745 to 1.06345\nn = 80\nrun 2026-11-12T140312Z-5f3a\nkernel 6.18.5',
  })
})

test('an invalid path is a change for the worse in either file, beyond any threshold', (t) => {
  const points = (record: RunRecord, better: 'higher' | 'lower') =>
    entriesOf(record, headlines, better)
      .filter(({ unit }) => unit.endsWith('valid'))
      .map(({ name, value }) => [name.split('/').slice(1).join('/'), value])
  t.deepEqual(points(sampleRecord(), 'higher')[1], ['redirect/valid', 1])
  t.deepEqual(points(invalidRecord(), 'higher')[1], ['redirect/valid', 0])
  t.deepEqual(points(sampleRecord(), 'lower')[1], ['redirect/invalid', 0])
  t.deepEqual(points(invalidRecord(), 'lower')[1], ['redirect/invalid', 1])
})

test('what a path lost is shown with each of its points', (t) => {
  const extras = entriesOf(lossyRecord(), headlines, 'higher').filter(({ name }) =>
    name.includes('/redirect/'),
  )
  t.is(extras.length, 3)
  t.true(
    extras.every(({ extra }) => extra?.includes("redirect lost 0.8 % of the flood's packets (1 % allowed)")),
  )
})

test('the other holds what gets better with less, and no name is in both', (t) => {
  const less = entriesOf(sampleRecord(), everything, 'lower')
  const more = new Set(entriesOf(sampleRecord(), everything, 'higher').map(({ name }) => name))
  t.true(less.some(({ name }) => name === 'redirect-vs-stack/redirect/rttNs.p50.ratio'))
  t.false(less.some(({ name }) => more.has(name)))
})

test('the range reaches to the farther end of the interval', (t) => {
  const record = sampleRecord()
  const [first, ...others] = record.estimates
  const lopsided = { ...record, estimates: [{ ...first!, estimate: 100, low: 95, high: 120 }, ...others] }
  t.is(entriesOf(lopsided, headlines, 'higher')[0]?.range, '± 20')
})

test('without an interval there is no range', (t) => {
  t.true(entriesOf(singleBlockRecord(), headlines, 'lower').every(({ range }) => range === undefined))
})

test('a metric whose direction is not known is in neither', (t) => {
  for (const better of ['higher', 'lower'] as const)
    t.false(githubActionBenchmark(laterRecord(), everything, better).includes('powerW'))
})

for (const [what, make] of Object.entries(variants))
  test(`the action takes ${what}`, (t) => {
    for (const better of ['higher', 'lower'] as const) {
      const text = githubActionBenchmark(make(), everything, better)
      if (text === '') continue
      isBenchmark(JSON.parse(text))
      t.deepEqual(isBenchmark.errors ?? [], [])
      const names = (JSON.parse(text) as Entry[]).map(({ name }) => name)
      t.is(new Set(names).size, names.length)
    }
  })
