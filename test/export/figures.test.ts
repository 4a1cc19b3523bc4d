import test from 'ava'
import { figureName } from '../../src/export/figure-name.ts'
import { figuresOf } from '../../src/export/figures.ts'
import { metrics } from '../../src/record/metrics.ts'
import { invalidRecord, singleBlockRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { everything, headlines, laterRecord } from './export-records.ts'

const names = (...[record, selection]: Parameters<typeof figuresOf>): string[] =>
  figuresOf(record, selection).map((figure) => figureName(record, figure))

test('figures are the headline metrics of baseline and candidates, ratios first', (t) => {
  t.deepEqual(names(sampleRecord(), headlines), [
    'redirect-vs-stack/stack/throughputPps',
    'redirect-vs-stack/stack/costNs',
    'redirect-vs-stack/stack/rttNs.p50',
    'redirect-vs-stack/stack/rttNs.p99',
    'redirect-vs-stack/stack/pacedForwardNs.p50',
    'redirect-vs-stack/stack/pacedForwardNs.p90',
    'redirect-vs-stack/redirect/throughputPps.ratio',
    'redirect-vs-stack/redirect/costNs.ratio',
    'redirect-vs-stack/redirect/rttNs.p50.ratio',
    'redirect-vs-stack/redirect/rttNs.p99.ratio',
    'redirect-vs-stack/redirect/pacedForwardNs.p50.ratio',
    'redirect-vs-stack/redirect/pacedForwardNs.p90.ratio',
    'redirect-vs-stack/redirect/throughputPps',
    'redirect-vs-stack/redirect/costNs',
    'redirect-vs-stack/redirect/rttNs.p50',
    'redirect-vs-stack/redirect/rttNs.p99',
    'redirect-vs-stack/redirect/pacedForwardNs.p50',
    'redirect-vs-stack/redirect/pacedForwardNs.p90',
  ])
})

test('with all, every metric of every path is among them', (t) => {
  const record = sampleRecord()
  const kinds = new Set<string>(record.settings.trials.map(({ kind }) => kind))
  const measured = metrics.filter(({ load }) => kinds.has(load)).length
  const figures = figuresOf(record, everything)
  t.is(figures.filter(({ baseline }) => baseline === undefined).length, 4 * measured)
  // Loss is not compared.
  t.is(figures.filter(({ baseline }) => baseline !== undefined).length, 3 * (measured - 1))
})

test('only ratios, or only absolute values', (t) => {
  const record = sampleRecord()
  t.true(names(record, { all: true, only: 'ratio' }).every((name) => name.endsWith('.ratio')))
  t.false(names(record, { all: true, only: 'absolute' }).some((name) => name.endsWith('.ratio')))
})

test('a ratio carries its interval, direction and what it is a ratio to', (t) => {
  const [ratio] = figuresOf(sampleRecord(), { all: false, only: 'ratio' })
  t.like(ratio, {
    path: 'redirect',
    role: 'candidate',
    metric: 'throughputPps',
    metricUnit: 'pps',
    unit: 'ratio',
    better: 'higher',
    baseline: 'stack',
    n: 80,
  })
  t.deepEqual(ratio?.interval, { low: ratio!.value - 0.003, high: ratio!.value + 0.003 })
})

test('too few blocks for an interval give a figure without one', (t) => {
  t.true(figuresOf(singleBlockRecord(), everything).every(({ interval }) => interval === undefined))
})

test('a path that is invalid or was skipped has no figures', (t) => {
  t.false(names(invalidRecord(), everything).some((name) => name.includes('/redirect/')))
  t.false(names(skippedRecord(), everything).some((name) => name.includes('/redirect/')))
})

test('of a metric that is not known, the record says whether it is a headline; its direction is not known', (t) => {
  const known = names(laterRecord(), headlines)
  t.true(known.includes('redirect-vs-stack/redirect/powerW.ratio'))
  t.false(known.some((name) => name.includes('ofLaterNs')))
  const figure = figuresOf(laterRecord(), everything).find(({ metric }) => metric === 'ofLaterNs.p50')
  t.like(figure, { better: undefined, metricUnit: 'ns' })
})
