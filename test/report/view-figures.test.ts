import test from 'ava'
import { reportView } from '../../src/report/view.ts'
import { crowdedRecord, longRecord } from './record-variants.ts'
import { sampleRecord } from './sample-record.ts'

const view = reportView(sampleRecord())

test('the axis of ratios leaves the floor outside, and keeps candidates and margins inside', (t) => {
  const rows = view.ratios.groups.flatMap(({ rows: own, axis }) => own.map((row) => ({ ...row, axis })))
  for (const { axis, ratio, band } of rows.filter(({ path }) => path !== 'floor')) {
    t.true(axis.low < (ratio.low ?? 0) && (ratio.high ?? 9) < axis.high)
    t.true(axis.low < band.low && band.high < axis.high)
  }
  t.true(rows.some(({ path, ratio, axis }) => path === 'floor' && ratio.estimate > axis.high))
})

test('curves rise, and end where ten packets lie beyond', (t) => {
  const rtt = view.curves.find(({ name }) => name === 'rttNs')
  t.is(rtt?.curves.length, 4)
  for (const { points } of rtt?.curves ?? []) {
    t.is(points.length, 100)
    t.true(points.every(({ latencyNs }, index) => latencyNs >= (points[index - 1]?.latencyNs ?? 0)))
    t.is(points.at(-1)?.nines.toFixed(3), Math.log10(90_000 / 10).toFixed(3))
  }
})

test('a curve meets the recorded quantiles', (t) => {
  const record = sampleRecord()
  const quantiles: [number, number][] = [
    [0, 1000],
    [0.5, 2000],
    [0.9, 3000],
    [1, 9000],
  ]
  const distribution = { name: 'rttNs', count: 1000, minNs: 1000, maxNs: 9000, meanNs: 2200, quantiles }
  const paths = record.paths.slice(0, 1).map((path) => ({ ...path, distributions: [distribution] }))
  const [curves] = reportView({ ...record, paths }).curves
  t.deepEqual(curves?.table.rows, [
    ['stack', '1,000', '1.00 µs', '2.00 µs', '3.00 µs', '8.40 µs', '8.94 µs', '9.00 µs', '2.20 µs'],
  ])
  t.is(curves?.curves[0]?.points[0]?.latencyNs, 1000)
})

test('the course pairs each block of a path with the same block of the baseline', (t) => {
  const [course] = view.courses
  t.is(course?.noun, 'throughput')
  t.is(course?.blockCount, 80)
  t.is(course?.blocksPerPoint, 1)
  t.deepEqual(
    course?.series.map(({ style, points }) => [style.name, points.length]),
    [
      ['redirect', 80],
      ['control', 80],
    ],
  )
  t.deepEqual(course?.roundStarts.slice(0, 3), [0, 8, 16])
  const record = sampleRecord()
  const throughputOf = (name: string): number =>
    record.trials.find((trial) => trial.path === name && trial.kind === 'flood' && trial.block === 1)
      ?.throughputPps ?? 0
  const expected = (throughputOf('redirect') / throughputOf('stack') - 1) * 100
  t.is(course?.series[0]?.points[0]?.changePercent.toFixed(9), expected.toFixed(9))
})

test('a long run has points of several blocks, few enough to see', (t) => {
  const [course] = reportView(longRecord()).courses
  t.is(course?.blockCount, 960)
  t.is(course?.blocksPerPoint, 10)
  t.is(course?.disturbances.length, 96)
})

test('the time of all phases adds up', (t) => {
  t.is(view.phases.reduce((sum, { share }) => sum + share, 0).toFixed(9), '1.000000000')
  t.deepEqual(view.phases[3], {
    name: 'measuring',
    duration: '14.9 s',
    share: 14.9 / 18.5,
    shareText: '81 %',
  })
})

test('every row of every table has a cell for each column', (t) => {
  const tables = [
    view.ratios.table,
    ...view.curves.map(({ table }) => table),
    ...view.levels.map(({ table }) => table),
    view.estimates,
    view.ratiosOfAll,
    ...view.percentiles,
    view.definitions,
    ...view.topologies.map(({ drawing }) => drawing.table),
  ]
  for (const { columns, rows, caption } of tables) {
    t.true(rows.length > 0, caption)
    for (const row of rows) t.is(row.length, columns.length, caption)
  }
})

test('each candidate has a colour of its own', (t) => {
  const legend = reportView(crowdedRecord()).legend.filter(
    ({ role }) => role === 'candidate' || role === 'baseline',
  )
  const looks = legend.map(({ colour, dash }) => `${colour} ${dash.join()}`)
  t.is(new Set(looks).size, 6)
})

test('one wild tail does not squeeze the axis of all ratios', (t) => {
  const record = sampleRecord()
  const comparisons = record.comparisons.map((each) =>
    each.metric === 'rttNs.p99' ? { ...each, ratio: { ...each.ratio, low: 0.03, high: 12 } } : each,
  )
  const [first] = reportView({ ...record, comparisons }).ratios.groups
  t.true(first !== undefined && first.axis.low > 0.75 && first.axis.high < 1.25)
})
