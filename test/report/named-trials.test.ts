import test from 'ava'
import { summary } from '../../src/cli/terminal/summary.ts'
import { bencher } from '../../src/export/bencher.ts'
import { goBenchmark } from '../../src/export/go-benchmark.ts'
import { markdown } from '../../src/export/markdown.ts'
import { openmetrics } from '../../src/export/openmetrics.ts'
import { parseGate } from '../../src/gates/parse-gate.ts'
import { wrongNames } from '../../src/gates/check-names.ts'
import { samplesCsv, summaryCsv } from '../../src/keep/csv.ts'
import { metricsAmong, metricsOf } from '../../src/record/metrics.ts'
import { runRecordSchema } from '../../src/record/record.ts'
import { soundnessOf } from '../../src/record/soundness.ts'
import { reportView } from '../../src/report/view.ts'
import { entryOf } from '../../src/trend/history-entry.ts'
import { seriesNames } from '../../src/trend/series.ts'
import { everything } from '../export/export-records.ts'
import { readGoBenchmark } from '../export/read-go-benchmark.ts'
import { readOpenMetrics } from '../export/read-openmetrics.ts'
import { names, namedTrialsRecord } from './named-trials-record.ts'

const record = namedTrialsRecord()

/** That of two figures which stand beside each other `large` is twice as much. */
const areApart = ([small = NaN, large = NaN]: readonly number[]): boolean =>
  Math.abs(large / small - 2) < 1e-4

test('the metrics of a run stand in the order of tables, and under the names of their trials in that of the load', (t) => {
  const flood = names.map((name) => ({ kind: 'flood', name }))
  t.deepEqual(
    metricsOf([{ kind: 'tcp-stream' }, ...flood]).map(({ name }) => name),
    [
      ...['throughputPps@small', 'throughputPps@large', 'costNs@small', 'costNs@large'],
      ...['lossRatio@small', 'lossRatio@large'],
      ...['tcpStreamBps', 'tcpStreamCostNs', 'tcpStreamSegmentCostNs'],
    ],
  )
  t.deepEqual(
    metricsAmong(['rttNs@b.p50', 'no such', 'costNs', 'rttNs@a.p50']).map(({ name, noun }) => [name, noun]),
    [
      ['costNs', 'sender CPU time per packet delivered'],
      ['rttNs@b.p50', 'median round trip (b)'],
      ['rttNs@a.p50', 'median round trip (a)'],
    ],
  )
})

test('a record with them is of the published shape, and its paths lack nothing', (t) => {
  t.true(runRecordSchema.safeParse(record).success)
  for (const path of record.paths) t.is(soundnessOf(record, path).state, 'sound')
})

test('the tables of a run have a row for each', (t) => {
  const rows = summaryCsv(record)
    .split('\n')
    .map((line) => line.split(','))
  for (const plain of ['throughputPps', 'costNs', 'rttNs']) {
    const own = rows.filter(([, path, metric]) => path === 'redirect' && metric?.startsWith(`${plain}@`))
    const [small, large] = names.map((name) =>
      own
        .filter(([, , metric]) => metric?.includes(`@${name}`))
        .map(([, , , , estimate]) => Number(estimate)),
    )
    t.true(small!.length > 0)
    t.true(small!.every((value, index) => areApart([value, large![index]!])))
  }
  const samples = samplesCsv(record).split('\n')
  for (const name of names)
    t.is(
      samples.filter((line) => line.includes(`,throughputPps@${name},`)).length,
      record.trials.filter((trial) => trial.kind === 'flood' && trial.name === name).length,
    )
})

test('terminal and report have a line for each, and say which', (t) => {
  const text = summary(record)
  const view = reportView(record)
  const titles = [...view.levels, ...view.curves].map(({ title }) => title)
  for (const name of names) {
    t.true(text.includes(`throughput (${name})`))
    t.true(text.includes(`median round trip (${name})`))
    for (const title of [
      'Throughput',
      'Sender CPU time per packet delivered',
      "Router's own cost per packet",
    ])
      t.true(titles.includes(`${title} (${name})`), titles.join('\n'))
    t.true(titles.includes(`Round trip (${name})`), titles.join('\n'))
  }
  const sentences = view.candidates.flatMap(({ findings }) => findings.map(({ sentence }) => sentence))
  t.is(new Set(sentences).size, sentences.length)
  t.true(sentences[1]?.startsWith('redirect delivers 6.0 % more packets per second (large) than stack'))
  const throughput = view.levels.filter(({ title }) => title.startsWith('Throughput'))
  t.true(areApart(throughput.map(({ rows }) => rows[0]!.estimate)))
})

test('exports name each figure of its own', (t) => {
  const families = readOpenMetrics(openmetrics(record, everything))
  for (const { name, samples } of families)
    t.is(new Set(samples.map(({ labels }) => JSON.stringify(labels))).size, samples.length, name)
  const rtt = families.find(({ name }) => name === 'pathbench_rtt_p50_seconds')
  t.is(rtt?.help, 'median of round-trip time, one packet in flight.')
  t.true(areApart(rtt!.samples.filter(({ labels }) => labels.path === 'redirect').map(({ value }) => value)))
  const line = readGoBenchmark(goBenchmark(record, everything)).results.find(
    ({ values }) => 'throughput-small-pkts/s' in values,
  )
  t.true(areApart(names.map((name) => Number(line?.values[`throughput-${name}-pkts/s`]))))
  const figures = JSON.parse(bencher(record, everything)) as Record<string, unknown>
  for (const name of names) {
    t.true(Object.hasOwn(figures, `redirect-vs-stack/redirect/rttNs@${name}.p50.ratio`))
    t.true(markdown(record, everything, []).includes(`median round trip (${name})`))
  }
})

test('the history follows each', (t) => {
  const followed = seriesNames([entryOf(record)])
    .filter(({ path }) => path === 'redirect')
    .map(({ metric }) => metric.name)
  t.deepEqual(followed.slice(0, 4), [
    ...['throughputPps@small', 'throughputPps@large', 'costNs@small', 'costNs@large'],
  ])
  t.true(followed.includes('pacedForwardNs.p50'))
})

const gateOn = (text: string) => ({
  ...parseGate(text),
  ...{ text, source: { file: 'gates', line: 1, column: 1 } },
})

test('a gate names the one that it is for', (t) => {
  t.deepEqual(parseGate('redirect.rttNs@large.p99.ratio <= 105%').rule, {
    ...{ kind: 'ratio', path: 'redirect', metric: 'rttNs@large.p99', comparator: '<=', limit: 1.05 },
  })
  t.deepEqual(wrongNames([gateOn('redirect.throughputPps@small >= 1pps')], record), [])
  const words = (text: string) => wrongNames([gateOn(text)], record).map(({ message }) => message)
  t.deepEqual(words('redirect.throughputPps@smal >= 1pps'), [
    'throughputPps@smal comes from trials of kind flood called smal, and the run has throughputPps@small, throughputPps@large',
  ])
  t.deepEqual(words('redirect.throughputPps >= 1pps'), [
    'throughputPps comes from trials of kind flood, and the run has throughputPps@small, throughputPps@large',
  ])
  t.throws(() => parseGate('redirect.through@small >= 1pps'), { message: /there is no metric "through"/ })
})
