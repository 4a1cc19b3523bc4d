/** Runs on a machine whose speed is its own, with known ratios between their paths. */
import { metrics } from '../../src/record/metrics.ts'
import type { RunRecord } from '../../src/record/record.ts'
import { comparePaired } from '../../src/stats/compare.ts'
import { locate } from '../../src/stats/locate.ts'
import { randomSource } from '../../src/stats/random.ts'
import { sampleRecord } from '../report/sample-record.ts'
import { normal, simulatedRounds } from '../stats/simulated-rounds.ts'

export interface SimulatedRun {
  readonly seed: number
  /** A packet's time on this machine, as a ratio to that on another. */
  readonly slowness?: number
  /** A packet's time on the candidate, as a ratio to the baseline path's. */
  readonly timeRatio?: number
  /** How far rounds differ from each other, in standard errors of one round. */
  readonly luck?: number
  /** Standard deviation by which the true ratio drifts from run to run, on the log scale. */
  readonly drift?: number
  readonly rounds?: number
  readonly resamples?: number
}

const headline = metrics.filter((metric) => metric.headline && metric.load !== 'http')

/** What a packet takes, before the machine's speed. */
const levelOf = (unit: string): number => (unit === 'pps' ? 180_000 : 10_000)

/**
 * The record of such a run: of the candidate `redirect` and the control, headline metrics alone.
 *
 * Within a run the machine's speed wanders too, by a tenth from block to block: both paths of a pair meet it.
 */
export function simulatedRun({
  seed,
  slowness = 1,
  timeRatio = 0.94,
  luck = 0.7,
  drift = 0,
  rounds = 10,
  resamples = 200,
}: SimulatedRun): RunRecord {
  const random = randomSource(seed)
  const record = sampleRecord()
  const paths = record.paths.filter(({ role }) => role !== 'floor')
  const estimates: RunRecord['estimates'] = []
  const comparisons: RunRecord['comparisons'] = []
  for (const { name: metric, unit, better } of headline) {
    const direction = better === 'higher' ? -1 : 1
    const speeds = Array.from({ length: rounds }, () =>
      Array.from(
        { length: 10 },
        () => levelOf(unit) * Math.exp(direction * (Math.log(slowness) + 0.1 * normal(random))),
      ),
    )
    const level = locate(speeds, { random, resamples })
    if (level !== null) estimates.push({ path: 'stack', metric, unit, ...level })
    for (const [path, ratio] of [
      ['redirect', timeRatio],
      ['control', 1],
    ] as const) {
      const drifted = Math.log(ratio) + drift * normal(random)
      const logRatios = simulatedRounds(random, { rounds, luck })
      const values = speeds.map((round, index) =>
        round.map((speed, block) => speed * Math.exp(direction * (drifted + logRatios[index]![block]!))),
      )
      const compared = comparePaired({
        rounds: speeds.map((baseline, index) => ({ yardsticks: [baseline], path: values[index]! })),
        random,
        resamples,
      })
      const own = locate(values, { random, resamples })
      if (compared === null || own === null) continue
      estimates.push({ path, metric, unit, ...own })
      comparisons.push({
        ...{
          path,
          baseline: 'stack',
          metric,
          unit,
          ratio: compared.ratio,
          pValue: null,
          adjustedPValue: null,
        },
        ...{ margin: 0.01, verdict: 'inconclusive' as const },
      })
    }
  }
  return {
    ...record,
    runId: `20261112T140312Z-${seed.toString(16).padStart(8, '0')}`,
    paths,
    settings: { ...record.settings, rounds },
    estimates,
    comparisons,
    rounds: [],
    blocks: [],
    trials: [],
  }
}
