import test from 'ava'
import { metricNamed } from '../../src/record/metrics.ts'
import type { RoundRecord, TrialRecord } from '../../src/record/record.ts'
import { valuesByRound } from '../../src/run/values.ts'

const throughput = metricNamed('throughputPps')!
const farQuantile = metricNamed('rttNs.p999')!

const flood = (path: string, round: number, block: number, throughputPps?: number): TrialRecord => ({
  round,
  block,
  position: 0,
  path,
  kind: 'flood',
  warmup: block === 0,
  startNs: 0,
  durationNs: 1,
  sent: 1,
  received: 1,
  lost: 0,
  reordered: 0,
  duplicated: 0,
  senderCpuNs: 1,
  receiverCpuNs: 1,
  senderPreempted: 0,
  receiverPreempted: 0,
  ...(throughputPps === undefined ? {} : { throughputPps }),
})

const ofTrials = (...trials: TrialRecord[]) => ({ trials, rounds: [] })

test('values stand by round, and in it by block; the warm-up has no value', (t) => {
  const measured = ofTrials(
    flood('stack', 0, 0, 1),
    flood('stack', 0, 1, 11),
    flood('stack', 0, 2, 12),
    flood('redirect', 0, 2, 99),
    flood('stack', 1, 0, 1),
    flood('stack', 1, 1, 21),
  )
  t.deepEqual(valuesByRound(measured, 'stack', throughput), [
    [NaN, 11, 12],
    [NaN, 21],
  ])
})

test('the same place is the same block, whatever order the trials were recorded in', (t) => {
  const measured = ofTrials(flood('stack', 0, 3, 13), flood('stack', 0, 1, 11), flood('stack', 0, 2, 12))
  t.deepEqual(valuesByRound(measured, 'stack', throughput), [[NaN, 11, 12, 13]])
})

test('a trial that is missing, or that delivered nothing, leaves its place empty', (t) => {
  const measured = ofTrials(flood('stack', 0, 1, 11), flood('stack', 0, 2), flood('stack', 0, 4, 14))
  t.deepEqual(valuesByRound(measured, 'stack', throughput), [[NaN, 11, NaN, NaN, 14]])
})

test('a round without any trial of the path is empty', (t) => {
  t.deepEqual(valuesByRound(ofTrials(flood('stack', 2, 1, 31)), 'stack', throughput), [[], [], [NaN, 31]])
})

test('trials of another kind count for nothing', (t) => {
  const measured = ofTrials({ ...flood('stack', 0, 1, 11), kind: 'paced' })
  t.deepEqual(valuesByRound(measured, 'stack', throughput), [])
})

test('far quantiles have one value a round, from the packets of the whole round', (t) => {
  const statistics = { count: 9, p50: 1, p90: 2, p99: 3, p999: 4, max: 5, mean: 1 }
  const rounds: RoundRecord[] = [
    { round: 0, path: 'stack', distributions: { rttNs: statistics } },
    { round: 0, path: 'redirect', distributions: { rttNs: { ...statistics, p999: 44 } } },
    { round: 2, path: 'stack', distributions: { rttNs: { ...statistics, p999: 6 } } },
  ]
  t.deepEqual(valuesByRound({ trials: [], rounds }, 'stack', farQuantile), [[4], [NaN], [6]])
  t.deepEqual(valuesByRound({ trials: [], rounds }, 'redirect', farQuantile), [[44], [NaN], [NaN]])
  t.deepEqual(valuesByRound({ trials: [], rounds }, 'stack', metricNamed('pacedForwardNs.max')!), [
    [NaN],
    [NaN],
    [NaN],
  ])
  t.deepEqual(valuesByRound({ trials: [], rounds: [] }, 'stack', farQuantile), [])
})
