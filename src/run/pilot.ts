/** How many rounds reach a precision, from those of a pilot. Pure. */
import { type Metric, metricsOf } from '../record/metrics.ts'
import { logRatiosOf } from '../stats/log-ratios.ts'
import { randomSource } from '../stats/random.ts'
import { roundsNeeded } from '../stats/rounds-needed.ts'
import type { RunInput } from './run-state.ts'
import { type Measured, valuesByRound } from './values.ts'

/** The rounds that every comparison needs for its interval to be no wider than `precision`; 0 where it needs none. */
export function roundsForPrecision(
  { paths, plan, seed }: Pick<RunInput, 'paths' | 'plan' | 'seed'>,
  measured: Measured,
  precision: number,
): number {
  // Of throughput or, where nothing floods, of the first metric there is.
  const [metric] = metricsOf(plan.load)
  if (metric === undefined) return 0
  const needed = logRatiosByPath(paths, measured, metric).map((rounds) =>
    roundsNeeded({ rounds, precision, random: randomSource(seed) }),
  )
  return Math.max(0, ...needed.map((rounds) => rounds ?? 0))
}

/** Log-ratios to the baseline, by path and round. */
function logRatiosByPath(
  paths: RunInput['paths'],
  measured: Measured,
  metric: Metric,
): (readonly number[])[][] {
  const baseline = paths.find(({ role }) => role === 'baseline')
  if (baseline === undefined) return []
  const baselineRounds = valuesByRound(measured, baseline.name, metric)
  return paths
    .filter(({ role }) => role === 'candidate' || role === 'control')
    .map(({ name }) =>
      valuesByRound(measured, name, metric).map((values, round) =>
        logRatiosOf({ path: values, baseline: baselineRounds[round] ?? [] }),
      ),
    )
}
