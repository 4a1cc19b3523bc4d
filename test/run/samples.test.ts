import test from 'ava'
import { distributionSchema } from '../../src/record/schema/paths.ts'
import { roundRecordSchema } from '../../src/record/schema/trials.ts'
import { Samples } from '../../src/run/samples.ts'
import { floodResult, histogram, pacedResult, pingpongResult } from './answers.ts'

const at = (round: number, block: number) => ({ round, block, position: 0, warmup: block === 0 })

const gathered = () => {
  const samples = new Samples()
  samples.addTrial(pingpongResult('stack', { rttNs: histogram(1, 1, 1) }), at(0, 0))
  samples.addTrial(pingpongResult('stack', { rttNs: histogram(1000, 1100) }), at(0, 1))
  samples.addTrial(pingpongResult('stack', { rttNs: histogram(1200) }), at(0, 2))
  samples.addTrial(pingpongResult('redirect', { rttNs: histogram(900) }), at(0, 1))
  samples.addTrial(floodResult('stack'), at(0, 1))
  samples.endRound(0)
  samples.addTrial(pingpongResult('stack', { rttNs: histogram(2000) }), at(1, 1))
  samples.endRound(1)
  return samples
}

test('every trial is recorded at its place, the warm-up too', (t) => {
  t.deepEqual(
    gathered().trials.map(({ round, block, path, kind, warmup }) => [round, block, path, kind, warmup]),
    [
      [0, 0, 'stack', 'pingpong', true],
      [0, 1, 'stack', 'pingpong', false],
      [0, 2, 'stack', 'pingpong', false],
      [0, 1, 'redirect', 'pingpong', false],
      [0, 1, 'stack', 'flood', false],
      [1, 1, 'stack', 'pingpong', false],
    ],
  )
})

test('a round has the statistics of all its packets, by path, without the warm-up', (t) => {
  const { rounds } = gathered()
  t.deepEqual(
    rounds.map(({ round, path, distributions }) => [round, path, distributions.rttNs]),
    [
      [0, 'stack', { count: 3, p50: 1100, p90: 1200, p99: 1200, p999: 1200, max: 1200, mean: 1100 }],
      [0, 'redirect', { count: 1, p50: 900, p90: 900, p99: 900, p999: 900, max: 900, mean: 900 }],
      [1, 'stack', { count: 1, p50: 2000, p90: 2000, p99: 2000, p999: 2000, max: 2000, mean: 2000 }],
    ],
  )
  for (const round of rounds) t.deepEqual(roundRecordSchema.parse(round), round)
})

test('a path has the distributions of the whole run', (t) => {
  const distributions = gathered().distributionsOf('stack')
  t.deepEqual(
    distributions.map(({ name }) => name),
    ['rttNs', 'forwardNs', 'returnNs'],
  )
  const { count, minNs, maxNs, meanNs, quantiles } = distributions[0]!
  t.deepEqual([count, minNs, maxNs, meanNs], [4, 1000, 2000, 1325])
  t.deepEqual(quantiles[0], [0, 1000])
  t.deepEqual(
    quantiles.find(([quantile]) => quantile === 0.5),
    [0.5, 1100],
  )
  t.deepEqual(quantiles.at(-1), [1, 2000])
  for (const one of distributions) t.deepEqual(distributionSchema.parse(one), one)
})

test('the quantiles of a curve rise, and lie closer together towards the tail', (t) => {
  const { quantiles } = gathered().distributionsOf('stack')[0]!
  for (const [place, [quantile]] of quantiles.entries())
    if (place > 0) t.true(quantile > quantiles[place - 1]![0], String(quantile))
  t.true(quantiles.length >= 100 && quantiles.length <= 120)
  t.is(quantiles.filter(([quantile]) => quantile > 0.99).length, 7)
})

test('a round that failed is recorded, and enters no estimate and no distribution', (t) => {
  const samples = gathered()
  samples.addTrial(pingpongResult('stack', { rttNs: histogram(9000) }), at(2, 1))
  samples.addTrial(pingpongResult('redirect', { rttNs: histogram(9000) }), at(2, 1))
  samples.dropRound(2)
  t.deepEqual(
    samples.trials.map(({ round, warmup, unproven }) => [round, warmup, unproven]),
    [
      [0, true, undefined],
      ...Array.from({ length: 4 }, () => [0, false, undefined]),
      [1, false, undefined],
      [2, true, true],
      [2, true, true],
    ],
  )
  t.deepEqual([...new Set(samples.rounds.map(({ round }) => round))], [0, 1])
  t.is(samples.distributionsOf('stack')[0]!.count, 4)
  t.deepEqual(samples.distributionsOf('redirect')[0]!.count, 1)
})

test('a path that was not measured has none', (t) => {
  t.deepEqual(gathered().distributionsOf('floor'), [])
})

test('where nothing arrived there is no delay, not one of 0', (t) => {
  const samples = new Samples()
  samples.addTrial(pacedResult('stack', { pacedForwardNs: histogram() }), at(0, 1))
  samples.endRound(0)
  t.deepEqual(Object.keys(samples.rounds[0]!.distributions), ['pacedForwardUncorrectedNs', 'scheduleErrorNs'])
  t.false(samples.distributionsOf('stack').some(({ name }) => name === 'pacedForwardNs'))
})
