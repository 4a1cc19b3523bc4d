import test from 'ava'
import { ratioOfLevels, ratioOfRatios } from '../../src/across/across-runs.ts'
import { changesAcross } from '../../src/across/changes.ts'
import { controlFactorOf } from '../../src/across/control.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { invalidRecord, noisyRecord, singleBlockRecord, skippedRecord } from '../report/record-variants.ts'
import { sampleRecord } from '../report/sample-record.ts'

const record = sampleRecord()

/** The run with a path's ratios in a metric multiplied by a factor. */
const scaled = (path: string, metric: string, factor: number): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((one) => {
    if (one.path !== path || one.metric !== metric) return one
    const { estimate, low, high } = one.ratio
    const times = (value: number | null) => (value === null ? null : value * factor)
    return {
      ...one,
      ratio: { ...one.ratio, estimate: estimate * factor, low: times(low), high: times(high) },
    }
  }),
})

const changeOf = (second: RunRecord, metric = 'throughputPps', path = 'redirect') =>
  changesAcross(
    [
      { name: 'one', record },
      { name: 'other', record: second },
    ],
    0.01,
  ).find((figure) => figure.path === path && figure.metric === metric)!.changes[0]!

test('between a run and itself all is the same, but for what is too noisy to say', (t) => {
  t.is(changeOf(record).state, 'same')
  t.is(changeOf(record, 'rttNs.max').state, 'not-decided')
})

test('a change counts where its whole interval lies beyond the margin', (t) => {
  const change = changeOf(scaled('redirect', 'throughputPps', 0.95))
  t.is(change.state, 'changed')
  t.true(change.state === 'changed' && !change.isBetter && Math.abs(change.ratio.estimate - 0.95) < 1e-9)
  t.is(changeOf(scaled('redirect', 'throughputPps', 0.985)).state, 'not-decided')
  const better = changeOf(scaled('redirect', 'costNs', 0.95), 'costNs')
  t.true(better.state === 'changed' && better.isBetter)
})

test('a change that the controls may explain is not decided', (t) => {
  const noisy = noisyRecord()
  // Its control differs from the baseline by 1.7 % at the least.
  t.true(Math.abs(controlFactorOf(noisy, 'throughputPps') - 1.017) < 1e-9)
  t.is(controlFactorOf(record, 'throughputPps'), 1)
  const slower = scaled('redirect', 'throughputPps', 0.97)
  t.is(changeOf(slower).state, 'changed')
  const comparisons = slower.comparisons.map((one) =>
    one.path === 'control'
      ? noisy.comparisons.find((other) => other.path === 'control' && other.metric === one.metric)!
      : one,
  )
  t.is(changeOf({ ...slower, comparisons }).state, 'not-decided')
})

test('levels may move while ratios stay: a machine twice as slow has changed nothing', (t) => {
  const slow: RunRecord = {
    ...record,
    estimates: record.estimates.map((one) => ({
      ...one,
      estimate: one.estimate / 2,
      low: one.low === null ? null : one.low / 2,
      high: one.high === null ? null : one.high / 2,
    })),
  }
  t.is(changeOf(slow).state, 'same')
  const levels = ratioOfLevels(record, slow, 'redirect', 'throughputPps')
  t.true(levels.state === 'compared' && Math.abs(Math.exp(levels.quotient.log) - 0.5) < 1e-9)
})

for (const [what, second, reason] of [
  ['was skipped', skippedRecord(), /redirect was skipped in run \S+: This kernel has no cls_bpf\./],
  ['is invalid', invalidRecord(), /redirect is invalid in run \S+: netns-2 forwarded/],
  ['has too few blocks', singleBlockRecord(), /run \S+ has too few blocks for an interval/],
] as const)
  test(`a path that ${what} in one run is not compared, and says why`, (t) => {
    const across = ratioOfRatios(record, second, 'redirect', 'throughputPps')
    t.regex(across.state === 'not-compared' ? across.reason : '', reason)
  })

for (const [what, second, reason] of [
  [
    'was skipped',
    skippedRecord(),
    /^was measured in run \S+; now redirect was skipped in run \S+: This kernel/,
  ],
  [
    'is invalid',
    invalidRecord(),
    /^was measured in run \S+; now redirect is invalid in run \S+: netns-2 forwarded/,
  ],
] as const)
  test(`a path that was measured and ${what} now has changed: it is missing`, (t) => {
    const change = changeOf(second)
    t.is(change.state, 'missing')
    t.regex(change.state === 'missing' ? change.reason : '', reason)
  })

test('a figure that a path alone no longer has is missing, and one that was not there before is not', (t) => {
  const without: RunRecord = {
    ...record,
    estimates: record.estimates.filter(
      ({ path, metric }) => path !== 'redirect' || metric !== 'throughputPps',
    ),
    comparisons: record.comparisons.filter(
      ({ path, metric }) => path !== 'redirect' || metric !== 'throughputPps',
    ),
  }
  t.is(changeOf(without).state, 'missing')
  t.is(changeOf(without, 'costNs').state, 'same')
  const back = changesAcross(
    [
      { name: 'one', record: without },
      { name: 'other', record },
    ],
    0.01,
  ).find((figure) => figure.path === 'redirect' && figure.metric === 'throughputPps')!.changes[0]!
  t.is(back.state, 'not-compared')
})

test('a metric that a run was kept without is missing from no path', (t) => {
  const kept: RunRecord = {
    ...record,
    estimates: record.estimates.filter(({ metric }) => metric !== 'rttNs.max'),
    comparisons: record.comparisons.filter(({ metric }) => metric !== 'rttNs.max'),
  }
  t.is(changeOf(kept, 'rttNs.max').state, 'not-compared')
})

test('ratios to another baseline path are not compared', (t) => {
  const other: RunRecord = {
    ...record,
    paths: record.paths.map((path) => (path.name === 'stack' ? { ...path, name: 'nat' } : path)),
  }
  const across = ratioOfRatios(record, other, 'redirect', 'throughputPps')
  t.regex(across.state === 'not-compared' ? across.reason : '', /has ratios to stack, run \S+ to nat/)
})

test('a path that only one run has is there, with no ratio in the other', (t) => {
  const other: RunRecord = {
    ...record,
    paths: record.paths.filter(({ name }) => name !== 'floor'),
    comparisons: record.comparisons.filter(({ path }) => path !== 'floor'),
  }
  t.is(changeOf(other, 'throughputPps', 'floor').state, 'missing')
})
