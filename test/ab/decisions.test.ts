import test from 'ava'
import { drawnFrom, recordedRuns } from './recorded-noise.ts'
import { holdsTruth, judgeSimulated, type Noise, slowerBy } from './simulated-ab.ts'
import { madeUp } from './simulated-noise.ts'

// Small runs: test/benchmarks/ab-decisions.ts has those of the usual length. Seeds are fixed; each bound here
// would, with others, fail less than once in 10,000 times.
const bursts = madeUp({ blocks: 10, trial: 0.01, burstShare: 0.15, burst: 0.05, luck: 0.002, drift: 0.003 })

const judgements = (noise: Noise, ratio: number, runs: number) =>
  Array.from({ length: runs }, (_, run) => judgeSimulated(noise, slowerBy(ratio), run))

const confirmedOf = (noise: Noise, ratio: number, runs: number): number =>
  judgements(noise, ratio, runs).filter(({ isConfirmed }) => isConfirmed).length

test('a program is not found to be slower than itself, and intervals hold the truth', (t) => {
  const same = judgements(bursts, 1, 16)
  t.true(same.filter(({ isConfirmed }) => isConfirmed).length <= 1)
  const costs = same.flatMap(({ head }) => head.filter(({ metric }) => metric === 'costNs'))
  const holding = costs.filter((cost) => holdsTruth(cost, {})).length
  t.true(holding >= 11, `${holding} of 16 intervals of 95 %`)
})

test('a packet that takes 3 % longer is found', (t) => {
  t.true(confirmedOf(bursts, 1.03, 8) >= 6)
})

test('a packet that takes 3 % less is none', (t) => {
  t.true(confirmedOf(bursts, 1 / 1.03, 4) <= 1)
})

test('neither is missed or imagined in the noise of a real run', (t) => {
  const noise = drawnFrom(recordedRuns()[0]!)
  t.true(confirmedOf(noise, 1, 4) <= 1)
  t.true(confirmedOf(noise, 1.03, 4) >= 3)
})
