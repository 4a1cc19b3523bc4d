import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { summary, warningLines } from '../../src/cli/terminal/summary.ts'
import type { RunRecord } from '../../src/record/record.ts'
import {
  diagnosedRecord,
  lossyRecord,
  singleBlockRecord,
  undeliveredRecord,
} from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const linesOf = (record: RunRecord): string[] => stripVTControlCharacters(summary(record)).split('\n')
const cellsOf = (line = ''): string[] => line.split(/ {2,}/)

test('the table has the measured paths across, and the headline metrics down', (t) => {
  const lines = linesOf(sampleRecord())
  t.deepEqual(cellsOf(lines[0]).slice(1), [
    'stack (baseline)',
    'redirect (candidate)',
    'control (control)',
    'floor (floor)',
  ])
  t.deepEqual(
    lines.slice(1, 7).map((line) => cellsOf(line)[0]),
    [
      'throughput',
      'sender CPU time per packet delivered',
      'median round trip',
      '99th-percentile round trip',
      'median one-way delay under paced load',
      '90th-percentile one-way delay under paced load',
    ],
  )
})

test('the baseline has its own figures, the others their ratios to it with intervals', (t) => {
  t.deepEqual(cellsOf(linesOf(sampleRecord())[1]), [
    'throughput',
    '180 kpps',
    '+6.0 % (+5.7 to +6.3 %)',
    '0.0 % (−0.3 to +0.3 %)',
    '+26.6 % (+26.3 to +26.9 %)',
  ])
})

test('below stands a sentence for each headline metric of a candidate, and one for the control', (t) => {
  const lines = linesOf(sampleRecord())
  t.is(lines[7], '')
  t.is(
    lines[8],
    "faster        redirect delivers 6.0 % more packets per second than stack (95 %: 5.7 to 6.3 %), and takes 27 % off the router's own cost.",
  )
  t.is(lines.length, 8 + 6 + 1)
  t.is(lines.at(-1), 'equivalent    control cannot be told from stack in throughput: within ±1 %.')
})

test('tails that are not decided share a line', (t) => {
  const comparisons = sampleRecord().comparisons.map((one) =>
    /\.p9\d$/.test(one.metric) ? { ...one, verdict: 'inconclusive' as const } : one,
  )
  const lines = linesOf({ ...sampleRecord(), comparisons })
  t.is(lines.length, 8 + 4 + 1 + 1)
  t.is(
    lines[12],
    'inconclusive  redirect against stack: too uncertain to say of 99th-percentile round trip and 90th-percentile one-way delay under paced load; the table has their intervals.',
  )
})

test('what a path lost stands in every cell and sentence of it', (t) => {
  const lines = linesOf(lossyRecord())
  t.is(cellsOf(lines[1])[2], '+6.0 % (+5.7 to +6.3 %), lost 0.8 %')
  t.is(lines.slice(1, 7).filter((line) => line.includes('lost 0.8 %')).length, 6)
  t.is(
    lines.filter((line) => line.endsWith("while it lost 0.8 % of the flood's packets (1 % allowed).")).length,
    6,
  )
})

test('that nothing was concluded comes first; why a path is invalid comes right after the table, hop by hop', (t) => {
  const lines = linesOf(diagnosedRecord())
  t.deepEqual(lines.slice(0, 2), ['Nothing was concluded: redirect is invalid.', ''])
  t.is(cellsOf(lines[2]).length, 4)
  t.false(lines.slice(2, 9).some((line) => line.includes('redirect')))
  t.deepEqual(lines.slice(9, 14), [
    '',
    'invalid       redirect is invalid and gets no verdict: netns-3 received none of 3,200 packets.',
    '              netns-2 veth1@2 received 3,200 frames',
    '              netns-3 veth2@2 received none',
    '              likely: no XDP program at the veth peer of veth2@1',
  ])
})

test('a path that lacks figures has no column, and is told with what it lacks', (t) => {
  const lines = linesOf(undeliveredRecord())
  t.is(lines[0], 'Nothing was concluded: redirect is invalid.')
  t.is(cellsOf(lines[2]).length, 4)
  t.false(lines.some((line) => line.startsWith('faster')))
})

test('where there are too few blocks for an interval, nothing is concluded', (t) => {
  const lines = linesOf(singleBlockRecord())
  t.is(lines[0], 'Nothing was concluded: redirect against stack: too few blocks to say.')
  t.is(cellsOf(lines[3])[2], '+6.0 %')
  t.is(
    lines[10],
    'inconclusive  redirect delivers 6.0 % more packets per second than stack, from too few blocks for an interval: nothing can be concluded.',
  )
})

test('a run without measurements has one line, that nothing was concluded', (t) => {
  t.deepEqual(linesOf({ ...sampleRecord(), estimates: [], comparisons: [] }), [
    'Nothing was concluded: redirect: nothing to compare.',
  ])
})

test('warnings are lines of their own', (t) => {
  t.deepEqual(warningLines(sampleRecord(), process.stderr).map(stripVTControlCharacters), [
    'warning  The hypervisor took up to 17 % of the CPU time of a block. Run on an idle host for narrower intervals.',
  ])
})
