import { Ajv } from 'ajv'
import test from 'ava'
import { bencher } from '../../src/export/bencher.ts'
import { invalidRecord, singleBlockRecord, variants } from '../report/record-variants.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord } from './export-records.ts'

type Metrics = Record<string, Record<string, Record<string, number>>>

/** The Bencher Metric Format as documented, with nothing besides; 64 characters are the most for a measure. */
const isMetrics = new Ajv().compile<Metrics>({
  type: 'object',
  minProperties: 1,
  propertyNames: { minLength: 1, maxLength: 1024 },
  additionalProperties: {
    type: 'object',
    minProperties: 1,
    propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 },
    additionalProperties: {
      type: 'object',
      required: ['value'],
      additionalProperties: false,
      properties: {
        value: { type: 'number' },
        lower_value: { type: 'number' },
        upper_value: { type: 'number' },
      },
    },
  },
})

test('times are latency, rates throughput, each with its interval', (t) => {
  const metrics = JSON.parse(bencher(sampleRecord(), headlines)) as Metrics
  t.deepEqual(metrics['redirect-vs-stack/stack/throughputPps'], {
    throughput: { value: 180_000, lower_value: 176_400, upper_value: 183_600 },
  })
  t.deepEqual(metrics['redirect-vs-stack/stack/rttNs.p50'], {
    latency: { value: 25_000, lower_value: 24_500, upper_value: 25_500 },
  })
})

test('a path without figures that count has a point that says so, in a measure of its own', (t) => {
  const valid = (record: RunRecord) =>
    Object.entries(JSON.parse(bencher(record, headlines)) as Metrics).filter(([name]) =>
      name.endsWith('/valid'),
    )
  t.deepEqual(valid(sampleRecord()), [
    ['redirect-vs-stack/stack/valid', { valid: { value: 1 } }],
    ['redirect-vs-stack/redirect/valid', { valid: { value: 1 } }],
  ])
  t.deepEqual(valid(invalidRecord())[1], ['redirect-vs-stack/redirect/valid', { valid: { value: 0 } }])
})

test('ratios have measures of their own, so that a threshold on one has one direction', (t) => {
  const metrics = JSON.parse(bencher(sampleRecord(), headlines)) as Metrics
  t.deepEqual(metrics['redirect-vs-stack/redirect/throughputPps.ratio'], {
    'throughput-ratio': { value: 1.06045, lower_value: 1.05745, upper_value: 1.06345 },
  })
  t.deepEqual(metrics['redirect-vs-stack/redirect/rttNs.p50.ratio'], {
    'latency-ratio': { value: 0.943, lower_value: 0.94, upper_value: 0.946 },
  })
})

test('without an interval there is a value alone', (t) => {
  const metrics = JSON.parse(bencher(singleBlockRecord(), headlines)) as Metrics
  t.deepEqual(metrics['redirect-vs-stack/stack/costNs'], { latency: { value: 5400 } })
})

test('a metric that is not known is measured in its own unit', (t) => {
  const metrics = JSON.parse(bencher(laterRecord(), everything)) as Metrics
  t.deepEqual(metrics['redirect-vs-stack/redirect/powerW'], {
    w: { value: 3.5, lower_value: 3.25, upper_value: 3.75 },
  })
  t.deepEqual(Object.keys(metrics['redirect-vs-stack/redirect/powerW.ratio'] ?? {}), ['w-ratio'])
})

for (const [what, make] of Object.entries({ ...variants, 'a run of a later version': laterRecord }))
  test(`Bencher takes ${what}`, (t) => {
    isMetrics(JSON.parse(bencher(make(), everything)))
    t.deepEqual(isMetrics.errors ?? [], [])
  })
