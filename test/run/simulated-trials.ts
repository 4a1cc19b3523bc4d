/** The trials of the made-up run, measured anew with known differences between the paths. */
import type { TrialDistribution, TrialRecord } from '../../src/record/record.ts'
import { randomSource } from '../../src/stats/random.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { normal } from '../stats/simulated-rounds.ts'

/** A packet's time by each path, as a ratio to the baseline's. */
export const timeRatios: Readonly<Record<string, number>> = {
  stack: 1,
  redirect: 0.943,
  control: 1,
  floor: 0.79,
}

const scaled = ({ count, ...times }: TrialDistribution, factor: number): TrialDistribution => ({
  count,
  ...(Object.fromEntries(Object.entries(times).map(([name, ns]) => [name, ns * factor])) as Omit<
    TrialDistribution,
    'count'
  >),
})

const statistics: TrialDistribution = { count: 500, p50: 1, p90: 1.2, p99: 2, p999: 3, max: 9, mean: 1.1 }

/** Floods and ping-pongs of four paths, with a level that drifts by 20 % and 1 % of noise in each trial. */
export const simulatedTrials = (seed: number): TrialRecord[] => {
  const random = randomSource(seed)
  const levels = new Map<string, number>()
  return sampleRecord().trials.flatMap((trial): TrialRecord[] => {
    const { path, kind, round, block, forwardNs: _forward, returnNs: _return, ...rest } = trial
    const place = `${round} ${block}`
    const level = levels.get(place) ?? Math.exp(0.2 * normal(random))
    levels.set(place, level)
    const factor = level * timeRatios[path]! * Math.exp(0.01 * normal(random))
    if (kind === 'paced') return []
    const values =
      kind === 'flood'
        ? { throughputPps: 180_000 / factor, costNs: 5000 * factor }
        : { rttNs: scaled(statistics, 25_000 * factor) }
    return [{ ...rest, path, kind, round, block, ...values }]
  })
}
