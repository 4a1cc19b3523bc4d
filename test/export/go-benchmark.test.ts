import test from 'ava'
import { goBenchmark } from '../../src/export/go-benchmark.ts'
import { invalidRecord, lossyRecord, variants } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, strippedRecord } from './export-records.ts'
import { readGoBenchmark } from './read-go-benchmark.ts'

const measuredBlocks = sampleRecord().blocks.filter(({ warmup }) => !warmup).length

const ofPath = (path: string, ...[record, selection]: Parameters<typeof goBenchmark>) =>
  readGoBenchmark(goBenchmark(record, selection)).results.filter(
    ({ name }) => name === `Forward/path=${path}/payload=18`,
  )

/** Lines besides the one that says whether the path is valid. */
const blockLines = (...asked: Parameters<typeof ofPath>): number =>
  ofPath(...asked).filter(({ values }) => !('valid' in values)).length

test('every measured block is a line of each path, and warm-up is none', (t) => {
  t.is(measuredBlocks, 80)
  t.is(blockLines('stack', sampleRecord(), headlines), measuredBlocks)
  t.is(blockLines('redirect', sampleRecord(), headlines), measuredBlocks)
  t.is(blockLines('control', sampleRecord(), headlines), 0)
  t.is(blockLines('control', sampleRecord(), everything), measuredBlocks)
})

test('a line has the values of the trials of its block', (t) => {
  const record = sampleRecord()
  const block = record.trials.filter(
    ({ path, warmup, round, block: number }) => path === 'redirect' && !warmup && round === 0 && number === 1,
  )
  const flood = block.find(({ kind }) => kind === 'flood')
  const pingpong = block.find(({ kind }) => kind === 'pingpong')
  const [first] = ofPath('redirect', record, headlines)
  t.is(first?.values['throughput-pkts/s'], Number(flood?.throughputPps?.toPrecision(6)))
  t.is(first?.values['rtt-p50-sec'], Number(pingpong?.rttNs?.p50.toPrecision(6)) * 1e-9)
})

test('a ratio is that to the baseline in the same block', (t) => {
  const record = sampleRecord()
  const throughput = (wanted: string) =>
    record.trials.find(({ path, kind, warmup }) => path === wanted && kind === 'flood' && !warmup)
      ?.throughputPps
  const ratio = Number((throughput('redirect')! / throughput('stack')!).toPrecision(6))
  t.is(ofPath('redirect', record, headlines)[0]?.values['throughput-ratio'], ratio)
  t.is(ofPath('stack', record, headlines)[0]?.values['throughput-ratio'], undefined)
})

test('benchmark lines of only ratios, or only absolute values', (t) => {
  const units = (only: 'ratio' | 'absolute') =>
    Object.keys(readGoBenchmark(goBenchmark(sampleRecord(), { all: true, only })).better)
  t.true(units('ratio').every((unit) => unit.endsWith('-ratio') || unit === 'valid'))
  t.deepEqual(
    units('absolute').filter((unit) => unit.endsWith('-ratio')),
    ['loss-ratio'],
  )
  t.is(blockLines('stack', sampleRecord(), { all: true, only: 'ratio' }), 0)
})

test('benchstat is told which direction is better', (t) => {
  const { better } = readGoBenchmark(goBenchmark(sampleRecord(), headlines))
  t.is(better['throughput-pkts/s'], 'higher')
  t.is(better['throughput-ratio'], 'higher')
  t.is(better['rtt-p99-sec'], 'lower')
  t.is(better['cost-sec'], 'lower')
})

test('two runs on one machine have the same configuration, without which benchstat compares nothing', (t) => {
  const { configuration } = readGoBenchmark(goBenchmark(sampleRecord(), headlines))
  t.deepEqual(configuration, {
    goos: 'linux',
    goarch: 'amd64',
    pkg: 'redirect-vs-stack',
    cpu: 'Intel(R) Xeon(R) Processor @ 2.60GHz',
  })
})

test('what is taken from whole rounds has a line a round', (t) => {
  const statistics = { count: 100, p50: 1, p90: 2, p99: 3, p999: 4000, max: 5000, mean: 1.5 }
  const record = {
    ...sampleRecord(),
    rounds: [
      { round: 0, path: 'redirect', distributions: { rttNs: statistics } },
      { round: 0, path: 'stack', distributions: { rttNs: { ...statistics, p999: 8000 } } },
    ],
  }
  const lines = ofPath('redirect', record, everything).filter(({ values }) => 'rtt-p999-sec' in values)
  t.deepEqual(
    lines.map(({ values }) => values),
    [{ 'rtt-p999-sec': 4000 * 1e-9, 'rtt-p999-ratio': 0.5, 'rtt-max-sec': 5000 * 1e-9, 'rtt-max-ratio': 1 }],
  )
})

test('a ratio to nothing is no number, and left out', (t) => {
  const record = sampleRecord()
  const [line] = ofPath('redirect', record, everything)
  t.is(line?.values['loss-ratio'], 0)
  t.false(goBenchmark(record, everything).includes('NaN'))
})

test('an invalid path has one line, which benchstat shows as a change without asking for more', (t) => {
  const text = goBenchmark(invalidRecord(), headlines)
  t.deepEqual(
    ofPath('redirect', invalidRecord(), headlines).map(({ values }) => values),
    [{ valid: 0 }],
  )
  t.true(text.includes('\nUnit valid better=higher assume=exact\n'))
  t.true(text.includes('\n# redirect is invalid and gets no verdict: netns-2 forwarded 1.000'))
  t.deepEqual(ofPath('redirect', sampleRecord(), headlines).at(-1)?.values, { valid: 1 })
})

test('what a path lost is a comment', (t) => {
  t.true(
    goBenchmark(lossyRecord(), headlines).includes(
      "\n# redirect lost 0.8 % of the flood's packets (1 % allowed)\n",
    ),
  )
})

test('a run that was stripped of its trials has no lines', (t) => {
  t.is(goBenchmark(strippedRecord(), headlines), '')
})

for (const [what, make] of Object.entries(variants))
  test(`benchstat's format holds ${what}`, (t) => {
    const text = goBenchmark(make(), everything)
    t.notThrows(() => readGoBenchmark(text))
    const { better, results } = readGoBenchmark(text)
    t.deepEqual(
      [...new Set(results.flatMap(({ values }) => Object.keys(values)))].toSorted(),
      Object.keys(better).toSorted(),
    )
  })
