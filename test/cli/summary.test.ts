import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { summary, warningLines } from '../../src/cli/summary.ts'
import type { RunRecord } from '../../src/results/record.ts'
import { invalidRecord, singleBlockRecord } from '../report/record-variants.ts'
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
      'CPU time per packet',
      'median round trip',
      '99th-percentile round trip',
      'median one-way delay under paced load',
      '99th-percentile one-way delay under paced load',
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

test('an invalid path has neither column nor sentence', (t) => {
  const lines = linesOf(invalidRecord())
  t.is(cellsOf(lines[0]).length, 4)
  t.false(lines.some((line) => line.includes('redirect')))
})

test('where there are too few blocks for an interval, nothing is concluded', (t) => {
  const lines = linesOf(singleBlockRecord())
  t.is(cellsOf(lines[1])[2], '+6.0 %')
  t.is(
    lines[8],
    'inconclusive  redirect delivers 6.0 % more packets per second than stack, from too few blocks for an interval: nothing can be concluded.',
  )
})

test('a run without measurements has a head and no rows', (t) => {
  const lines = linesOf({ ...sampleRecord(), estimates: [], comparisons: [] })
  t.is(lines.length, 1)
})

test('warnings are lines of their own', (t) => {
  t.deepEqual(warningLines(sampleRecord(), process.stderr).map(stripVTControlCharacters), [
    'warning  The hypervisor took up to 17 % of the CPU time of a block. Run on an idle host for narrower intervals.',
  ])
})
