import test from 'ava'
import { samplesCsv, summaryCsv } from '../../src/keep/csv.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = sampleRecord()
const linesOf = (csv: string): string[] => csv.trimEnd().split('\n')
const rowsOf = (csv: string): Record<string, string>[] => {
  const [head = '', ...lines] = linesOf(csv)
  const columns = head.split(',')
  const cellsOf = (line: string) =>
    line.split(',').map((cell, place): [string, string] => [columns[place]!, cell])
  return lines.map((line) => Object.fromEntries(cellsOf(line)))
}

test('samples.csv has one row for every metric of every trial', (t) => {
  const rows = rowsOf(samplesCsv(record))
  const perBlock = 4 * (3 + 3 * 6 + 6)
  t.is(rows.length, record.blocks.length * perBlock)
  const first = record.trials[0]!
  t.deepEqual(rows[0], {
    runId: record.runId,
    round: '0',
    block: '0',
    position: '0',
    path: 'stack',
    kind: 'flood',
    warmup: 'true',
    startNs: String(first.startNs),
    durationNs: '12000000',
    metric: 'throughputPps',
    unit: 'pps',
    value: String(first.throughputPps),
  })
})

test('in samples.csv the warm-up is marked', (t) => {
  const rows = rowsOf(samplesCsv(record))
  const marked = new Set(rows.filter(({ warmup }) => warmup === 'true').map(({ block }) => block))
  t.deepEqual([...marked], ['0'])
})

test('a trial without a value has no row', (t) => {
  const [flood] = record.trials.filter(({ kind }) => kind === 'flood')
  const { throughputPps: _throughputPps, costNs: _costNs, ...silent } = flood!
  const rows = rowsOf(samplesCsv({ ...record, trials: [silent] }))
  t.deepEqual(
    rows.map(({ metric, value }) => [metric, value]),
    [['lossRatio', '0']],
  )
})

test('summary.csv has one row for every path and metric, with its ratio to the baseline', (t) => {
  const rows = rowsOf(summaryCsv(record))
  t.is(rows.length, record.estimates.length)
  const { ratio, pValue } = record.comparisons.find(
    ({ path, metric }) => path === 'redirect' && metric === 'costNs',
  )!
  const { estimate, low, high } = record.estimates.find(
    ({ path, metric }) => path === 'redirect' && metric === 'costNs',
  )!
  t.deepEqual(
    rows.find(({ path, metric }) => path === 'redirect' && metric === 'costNs'),
    {
      runId: record.runId,
      path: 'redirect',
      metric: 'costNs',
      unit: 'ns',
      estimate: String(estimate),
      low: String(low),
      high: String(high),
      n: '80',
      baseline: 'stack',
      ratio: String(ratio.estimate),
      ratioLow: String(ratio.low),
      ratioHigh: String(ratio.high),
      pValue: String(pValue),
      verdict: 'faster',
      status: 'measured',
      lostRatio: '0',
      corruptedRatio: '0',
      duplicatedRatio: '0',
      misdirectedRatio: '0',
      reorderedRatio: '0',
      retransmittedRatio: '',
    },
  )
})

test('in summary.csv the baseline has no ratio, and an interval that there is not is empty', (t) => {
  const bare = record.estimates.map((one) => ({ ...one, low: null, high: null }))
  const [row] = linesOf(summaryCsv({ ...record, estimates: bare })).slice(1)
  t.is(row, `${record.runId},stack,throughputPps,pps,180000,,,80,,,,,,,measured,0,0,0,0,0,`)
})

test('a run without measurements has tables with nothing but their heads', (t) => {
  const empty = { ...record, trials: [], estimates: [], comparisons: [] }
  t.is(linesOf(samplesCsv(empty)).length, 1)
  t.is(
    summaryCsv(empty),
    'runId,path,metric,unit,estimate,low,high,n,baseline,ratio,ratioLow,ratioHigh,pValue,verdict,status,lostRatio,corruptedRatio,duplicatedRatio,misdirectedRatio,reorderedRatio,retransmittedRatio\n',
  )
})

test('a figure that a path should have and has not is a row without numbers, and says how the path stands', (t) => {
  const estimates = record.estimates.filter(
    ({ path, metric }) => path !== 'redirect' || metric !== 'throughputPps',
  )
  const rows = rowsOf(summaryCsv({ ...record, estimates }))
  t.is(rows.length, record.estimates.length)
  const row = rows.find(({ path, metric }) => path === 'redirect' && metric === 'throughputPps')
  t.like(row, { unit: 'pps', estimate: '', ratio: '', verdict: '', status: 'lacking' })
  t.true(rows.filter(({ path }) => path === 'redirect').every(({ verdict }) => verdict === ''))
})
