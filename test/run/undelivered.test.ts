import test from 'ava'
import { metricNamed } from '../../src/record/metrics.ts'
import type { TrialRecord } from '../../src/record/record.ts'
import { undelivered } from '../../src/run/undelivered.ts'

const throughput = metricNamed('throughputPps')!

const flood = (path: string, block: number, changes: Partial<TrialRecord> = {}): TrialRecord => ({
  ...{ round: 0, block, position: 0, path, kind: 'flood', warmup: false },
  ...{ startNs: 0, durationNs: 1e6, sent: 100, received: 100, lost: 0, throughputPps: 1e5 },
  ...changes,
})

test('trials without a figure are counted, whether it is 0 or missing', (t) => {
  const { throughputPps: _figure, ...without } = flood('redirect', 2)
  const trials = [
    ...[1, 2, 3].map((block) => flood('stack', block)),
    ...[flood('redirect', 1, { throughputPps: 0 }), without, flood('redirect', 3)],
  ]
  t.is(undelivered({ trials }, 'redirect', 'stack', throughput), '2 of 3 trials delivered nothing')
  t.is(undelivered({ trials }, 'stack', 'redirect', throughput), undefined)
})

test('what the baseline did not deliver either counts for nothing, nor does the warm-up, nor a trial that was not made', (t) => {
  const trials = [
    ...[flood('stack', 1, { throughputPps: 0 }), flood('stack', 2), flood('stack', 3)],
    flood('redirect', 1, { throughputPps: 0 }),
    flood('redirect', 2, { throughputPps: 0, warmup: true }),
  ]
  t.is(undelivered({ trials }, 'redirect', 'stack', throughput), undefined)
})

test('a round trip that no packet made is no figure', (t) => {
  const statistics = { count: 1, p50: 1, p90: 1, p99: 1, p999: 1, max: 1, mean: 1 }
  const pingpong = (path: string, rttNs?: typeof statistics) =>
    flood(path, 1, { kind: 'pingpong', ...(rttNs === undefined ? {} : { rttNs }) })
  const trials = [pingpong('stack', statistics), pingpong('redirect')]
  for (const name of ['rttNs.p50', 'rttNs.p999'])
    t.is(
      undelivered({ trials }, 'redirect', 'stack', metricNamed(name)!),
      '1 of 1 trials delivered nothing',
      name,
    )
})
