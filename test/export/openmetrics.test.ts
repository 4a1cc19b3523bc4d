import test, { type ExecutionContext } from 'ava'
import { openmetrics } from '../../src/export/openmetrics.ts'
import type { RunRecord } from '../../src/record/record.ts'
import {
  invalidRecord,
  lossyRecord,
  partialRecord,
  singleBlockRecord,
  skippedRecord,
  undeliveredRecord,
  variants,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord } from './export-records.ts'
import { readOpenMetrics } from './read-openmetrics.ts'
import { asRead, prometheusClient, readBy } from './real-reader.ts'

const family = (name: string, ...[record, selection]: Parameters<typeof openmetrics>) =>
  readOpenMetrics(openmetrics(record, selection)).find((one) => one.name === name)

test('times are in seconds, rates spelt out, the unit at the end of the name', (t) => {
  const rtt = family('pathbench_rtt_p50_seconds', sampleRecord(), headlines)
  t.is(rtt?.unit, 'seconds')
  t.is(rtt?.help, 'median of round-trip time, one packet in flight.')
  t.deepEqual(rtt?.samples, [
    { labels: { scenario: 'redirect-vs-stack', path: 'stack', role: 'baseline' }, value: 0.000025 },
    { labels: { scenario: 'redirect-vs-stack', path: 'redirect', role: 'candidate' }, value: 0.000023575 },
  ])
  const throughput = family('pathbench_throughput_packets_per_second', sampleRecord(), headlines)
  t.is(throughput?.samples[0]?.value, 180_000)
})

test('a ratio names what it is a ratio to, and has its interval in families beside it', (t) => {
  const labels = {
    scenario: 'redirect-vs-stack',
    path: 'redirect',
    role: 'candidate',
    baseline: 'stack',
  }
  for (const [part, value] of [
    ['', 1.06045],
    ['low_', 1.05745],
    ['high_', 1.06345],
  ] as const)
    t.deepEqual(family(`pathbench_throughput_to_baseline_${part}ratio`, sampleRecord(), headlines)?.samples, [
      { labels, value },
    ])
})

test('without an interval there are no families for its ends', (t) => {
  const names = readOpenMetrics(openmetrics(singleBlockRecord(), everything)).map(({ name }) => name)
  t.false(names.some((name) => /_(low|high)_/.test(name)))
})

test('the run and its paths are told, also where there are no figures', (t) => {
  t.deepEqual(family('pathbench_run_info', sampleRecord(), headlines)?.samples, [
    {
      labels: {
        scenario: 'redirect-vs-stack',
        run_id: '2026-11-12T140312Z-5f3a',
        kernel: '6.18.5',
        cpu: 'Intel(R) Xeon(R) Processor @ 2.60GHz',
        engine: 'socket',
        sink: 'socket',
        version: '0.1.0',
      },
      value: 1,
    },
  ])
  t.is(family('pathbench_run_complete', sampleRecord(), headlines)?.samples[0]?.value, 1)
  t.is(family('pathbench_run_complete', partialRecord(), headlines)?.samples[0]?.value, 0)
  t.is(
    family('pathbench_run_start_time_seconds', sampleRecord(), headlines)?.samples[0]?.value,
    Date.UTC(2026, 10, 12, 14, 3, 12) / 1000,
  )
  const paths = family('pathbench_path_info', invalidRecord(), headlines)?.samples
  t.deepEqual(
    paths?.map(({ labels }) => labels.status),
    ['measured', 'invalid', 'measured', 'measured'],
  )
})

test('each path has a gauge that says whether it is valid, but for those that were skipped', (t) => {
  const valid = (record: RunRecord) =>
    family('pathbench_path_valid', record, headlines)?.samples.map(({ labels, value }) => [
      labels.path,
      value,
    ])
  t.deepEqual(valid(invalidRecord()), [
    ['stack', 1],
    ['redirect', 0],
    ['control', 1],
    ['floor', 1],
  ])
  t.deepEqual(valid(undeliveredRecord())?.[1], ['redirect', 0])
  t.deepEqual(
    valid(skippedRecord())?.map(([path]) => path),
    ['stack', 'control', 'floor'],
  )
})

test('what was lost is a gauge by load', (t) => {
  const lost = family('pathbench_path_lost_ratio', lossyRecord(), headlines)?.samples
  t.deepEqual(
    lost?.filter(({ labels }) => labels.path === 'redirect').map(({ labels, value }) => [labels.load, value]),
    [
      ['flood', 0.008],
      ['pingpong', 0],
      ['paced', 0],
    ],
  )
})

test('quotes, backslashes and newlines in names are kept', (t) => {
  const record = { ...sampleRecord(), scenario: 'a "b" \\n\nc' }
  t.is(family('pathbench_run_complete', record, headlines)?.samples[0]?.labels.scenario, 'a "b" \\n\nc')
})

test('a metric that is not known is there under its name', (t) => {
  const power = family('pathbench_power_w', laterRecord(), everything)
  t.is(power?.unit, 'w')
  t.deepEqual(
    power?.samples.map(({ value }) => value),
    [3.5],
  )
})

const records = { ...variants, 'a run of a later version': laterRecord }

const parsers = {
  OpenMetrics: 'prometheus_client.openmetrics.parser',
  Prometheus: 'prometheus_client.parser',
}

/** Prints for every text of a JSON object either every sample as the parser has it, or what it found wrong. */
const program = (parser: string) => `
import json, sys
from ${parser} import text_string_to_metric_families as families
def read(text):
  try:
    return {"samples": [[s.labels, s.value] for f in families(text) for s in f.samples]}
  except Exception as error:
    return {"error": repr(error)}
print(json.dumps({what: read(text) for what, text in json.load(sys.stdin).items()}))`

type Reading = { readonly samples: readonly unknown[] } | { readonly error: string }

/** A line a sample: ava compares two texts at once, and thousands of values one by one. */
const linesOf = (samples: readonly unknown[]): string =>
  samples.map((sample) => JSON.stringify(sample)).join('\n')

const texts = new Map(Object.entries(records).map(([what, make]) => [what, openmetrics(make(), everything)]))
const readings = new Map<string, Readonly<Record<string, Reading>>>()

/** What a parser makes of every text. One process reads all: to load the parser takes longer than to use it. */
function readingsBy(t: ExecutionContext, parser: string): Readonly<Record<string, Reading>> {
  const known = readings.get(parser)
  if (known !== undefined) return known
  const input = JSON.stringify(Object.fromEntries(texts))
  const { status, stdout, stderr } = readBy(prometheusClient, ['-c', program(parser)], input)
  t.is(status, 0, stderr)
  const all = JSON.parse(stdout) as Readonly<Record<string, Reading>>
  readings.set(parser, all)
  return all
}

for (const [what, text] of texts) {
  test(`OpenMetrics text holds ${what}`, (t) => {
    t.notThrows(() => readOpenMetrics(text))
  })

  for (const [format, parser] of Object.entries(parsers))
    asRead(prometheusClient, `Prometheus' client reads ${what} as ${format} text`, (t) => {
      const reading = readingsBy(t, parser)[what]!
      if ('error' in reading) return t.fail(reading.error)
      const samples = readOpenMetrics(text).flatMap((one) => one.samples)
      t.is(linesOf(reading.samples), linesOf(samples.map(({ labels, value }) => [labels, value])))
    })
}
