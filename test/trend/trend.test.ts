import test from 'ava'
import { trendOf } from '../../src/trend/trend.ts'
import { entryFor, steppedHistory } from './made-up-history.ts'

const candidates = ({ role }: { role: string }): boolean => role === 'candidate'
const history = steppedHistory()
const trend = trendOf('redirect-vs-stack', history, candidates)
const seriesFor = (metric: string) => trend.series.find((one) => one.metric.name === metric)!

test('every headline metric of a candidate is followed', (t) => {
  t.deepEqual(
    trend.series.map(({ path, metric, points }) => [path, metric.name, points.length]),
    [
      ['redirect', 'throughputPps', 120],
      ['redirect', 'rttNs.p50', 120],
    ],
  )
})

test('a step is told with its run, its levels, and what changed about it', (t) => {
  const [change, ...others] = seriesFor('rttNs.p50').changes
  t.deepEqual(others, [])
  t.is(change!.run, 100)
  t.is(change!.runId, history[100]!.runId)
  t.true(change!.foundAt.run <= 104)
  t.is(change!.fromRatio.toFixed(2), '0.95')
  t.is(change!.toRatio.toFixed(2), '0.99')
  t.is(change!.change.toFixed(2), '1.04')
  t.is(change!.direction, 'worse')
  t.true(change!.pValue <= 0.0005)
  t.true(change!.isSeconded)
  t.deepEqual(change!.conditions, ['kernel 6.18.1 → 6.19.0', 'mitigations changed'])
})

test('the present level is that since the last change', (t) => {
  const { levels } = seriesFor('rttNs.p50')
  t.deepEqual(
    levels.map(({ from, to, runs }) => [from, to, runs]),
    [
      [0, 99, 100],
      [100, 119, 20],
    ],
  )
  const { ratio, low, high } = levels[1]!
  t.true(low! < 0.988 && 0.988 < high!)
  t.true(high! - low! < 0.012 && low! < ratio && ratio < high!)
})

test('a single spike is an outlier and no change, and counts in no level', (t) => {
  const { changes, outliers, levels } = seriesFor('throughputPps')
  t.deepEqual(changes, [])
  t.deepEqual(
    outliers.map(({ run, mayBeStep }) => [run, mayBeStep]),
    [[50, false]],
  )
  t.is(outliers[0]!.change.toFixed(1), '1.2')
  t.is(levels[0]!.runs, 119)
})

test('a spike in the latest run may be the first of a new level', (t) => {
  const last = entryFor(120, (metric) => (metric === 'throughputPps' ? 0.8 : 0.988))
  const { series } = trendOf('redirect-vs-stack', [...history, last], candidates)
  t.deepEqual(
    series[0]!.outliers.map(({ run, mayBeStep }) => [run, mayBeStep]),
    [
      [50, false],
      [120, true],
    ],
  )
})

test('runs are put in order of time, however they come', (t) => {
  t.deepEqual(trendOf('redirect-vs-stack', history.toReversed(), candidates), trend)
})

test('what is looked at does not change what is found', (t) => {
  const one = trendOf(
    'redirect-vs-stack',
    history,
    ({ path, metric }) => path === 'redirect' && metric.name === 'rttNs.p50',
  )
  t.deepEqual(one.series, [seriesFor('rttNs.p50')])
  t.is(one.level, 0.001 / 2)
})

test('a run without a metric is passed over for that metric alone', (t) => {
  const without = history.map((entry, run) =>
    run === 30 ? { ...entry, ratios: { redirect: { 'rttNs.p50': [0.95, null, null] as const } } } : entry,
  )
  const { series } = trendOf('redirect-vs-stack', without, candidates)
  t.is(series[0]!.points.length, 119)
  t.is(series[1]!.points.length, 120)
  t.is(series[1]!.changes[0]!.run, 100)
  t.is(series[0]!.outliers[0]!.run, 50)
})

test('one run has a level and nothing else', (t) => {
  const { series } = trendOf('redirect-vs-stack', history.slice(0, 1), candidates)
  t.deepEqual(
    series.map(({ levels, changes, outliers }) => [levels.length, changes.length, outliers.length]),
    [
      [1, 0, 0],
      [1, 0, 0],
    ],
  )
  t.is(series[0]!.levels[0]!.low, null)
})
