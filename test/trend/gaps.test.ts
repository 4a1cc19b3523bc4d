import test from 'ava'
import { trendText } from '../../src/cli/terminal/trend-text.ts'
import { trendJson } from '../../src/cli/commands/trend-json.ts'
import { entryOf, type HistoryEntry } from '../../src/trend/history-entry.ts'
import { renderTrend } from '../../src/trend/page.ts'
import { chartView } from '../../src/trend/page/chart-view.ts'
import { selectedTrends } from '../../src/trend/select.ts'
import { invalidRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { entryFor } from './made-up-history.ts'

const invalid = { path: 'redirect', metrics: [], reason: 'redirect is invalid: it lost a packet' }
const { redirect: _redirect, ...others } = entryFor(0, () => 1).ratios

const well = (run: number): HistoryEntry => entryFor(run, () => 1)
const failed = (run: number): HistoryEntry => entryFor(run, () => 1, { gaps: [invalid], ratios: others })

const trendOf = (runs: readonly HistoryEntry[], path?: string) =>
  selectedTrends(runs, path === undefined ? {} : { path }, 'here').trends[0]!

test('a run in which a path is invalid or skipped is kept with the reason', (t) => {
  t.deepEqual(entryOf(sampleRecord()).gaps, undefined)
  const [gap, ...more] = entryOf(invalidRecord()).gaps ?? []
  t.deepEqual(more, [])
  t.deepEqual([gap?.path, gap?.metrics], ['redirect', []])
  t.regex(gap?.reason ?? '', /^redirect is invalid: netns-2 forwarded/)
  t.is(entryOf(invalidRecord()).roles.redirect, 'candidate')
  t.regex(entryOf(skippedRecord()).gaps?.[0]?.reason ?? '', /^redirect was skipped: This kernel/)
})

test('a metric that a path delivers nothing in is kept as one that it has no figure of', (t) => {
  const record = sampleRecord()
  const isThat = (one: { path: string; metric: string }): boolean =>
    one.path === 'redirect' && one.metric === 'throughputPps'
  const silent = {
    ...record,
    estimates: record.estimates.filter((one) => !isThat(one)),
    comparisons: record.comparisons.filter((one) => !isThat(one)),
  }
  t.deepEqual(entryOf(silent).gaps, [
    { path: 'redirect', metrics: ['throughputPps'], reason: 'redirect has no figure of it' },
  ])
})

test('runs without a figure are shown, those that follow each other as one', (t) => {
  const { gaps } = trendOf([well(0), failed(1), failed(2), well(3), failed(4)])
  t.deepEqual(
    gaps.map(({ run, runs, path, reason }) => [run, runs, path, reason]),
    [
      [1, 2, 'redirect', invalid.reason],
      [4, 1, 'redirect', invalid.reason],
    ],
  )
})

test('a line that does not say why has a gap where an earlier run had a figure', (t) => {
  const mute = entryFor(1, () => 1, { ratios: others })
  const { gaps } = trendOf([well(0), mute])
  t.deepEqual(
    gaps.map(({ run, reason }) => [run, reason]),
    [[1, 'not in this run, and it does not say why']],
  )
  t.deepEqual(trendOf([mute, well(2)]).gaps, [])
})

test('a path that was never measured is shown by its gaps alone', (t) => {
  const never = (run: number) =>
    entryFor(run, () => 1, {
      gaps: [{ path: 'xdp', metrics: [], reason: 'xdp was skipped: no XDP' }],
      roles: { redirect: 'candidate', control: 'control', xdp: 'candidate' },
    })
  const trend = trendOf([never(0), never(1)], 'xdp')
  t.deepEqual([trend.series, trend.gaps.length, trend.gaps[0]!.runs], [[], 1, 2])
  t.regex(trendText(trend), /xdp was skipped: no XDP/)
})

test('gaps stand in the text, the JSON and the page, and in the charts of the path', async (t) => {
  const trend = trendOf([well(0), failed(1), well(2)])
  t.regex(
    trendText(trend),
    /\nRuns without a figure\nfirst run +path +metric +for +why\n\S+ {2}redirect {2}all +1 run {2}redirect is invalid: it lost a packet/,
  )
  t.is(trendJson([trend], []).scenarios[0]!.gaps[0]!.reason, invalid.reason)
  t.deepEqual(chartView(trend.series[0]!, trend).gaps, [1])
  t.regex(await renderTrend(trend), /<section id="gaps">.*redirect is invalid: it lost a packet/s)
})

test('a path whose name every object knows is a path like any other', (t) => {
  const named = (run: number) =>
    entryFor(run, () => 1, {
      roles: { constructor: 'candidate' } as unknown as Record<string, string>,
      ratios: { constructor: { throughputPps: [1.05, 1.04, 1.06] } } as unknown as HistoryEntry['ratios'],
    })
  const { series } = trendOf([well(0), named(1)])
  t.deepEqual(
    series.map(({ path, points }) => [path, points.map(({ run }) => run)]),
    [
      ['redirect', [0]],
      ['redirect', [0]],
      ['constructor', [1]],
    ],
  )
})
