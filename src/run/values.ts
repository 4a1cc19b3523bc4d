/** The values of a metric, paired and by round, out of the records. Pure. */
import type { StatisticName } from '../parts/metrics/metric.ts'
import { namedFigure } from '../parts/loads/trial-name.ts'
import { isTrialOf, type Metric } from '../record/metrics.ts'
import type { RoundRecord, TrialRecord } from '../record/record.ts'
import { trialValue } from '../record/trial-value.ts'

/** What a run measured, as far as estimates rest on it. */
export interface Measured {
  readonly trials: readonly TrialRecord[]
  readonly rounds: readonly RoundRecord[]
}

/**
 * The values of `metric` for one path: by round, and in it by block. The same place in the lists of
 * two paths is the same block; NaN stands where a path has no value.
 */
export function valuesByRound({ trials, rounds }: Measured, path: string, metric: Metric): number[][] {
  if (metric.pairing === 'round') {
    const [plain, suffix] = metric.plain.split('.') as [string, StatisticName]
    const name = namedFigure(plain, metric.trial)
    const last = Math.max(-1, ...rounds.map(({ round }) => round))
    return Array.from({ length: last + 1 }, (_, number) => {
      const found = rounds.find((one) => one.round === number && one.path === path)
      return [found?.distributions[name]?.[suffix] ?? NaN]
    })
  }
  // A path may have no trial in a block, or in a whole round: holes in the lists.
  const byRound: ((number | undefined)[] | undefined)[] = []
  for (const trial of trials) {
    if (trial.warmup || trial.path !== path || !isTrialOf(trial, metric)) continue
    const values = (byRound[trial.round] ??= [])
    values[trial.block] = trialValue(trial, metric) ?? NaN
  }
  return Array.from(byRound, (values) => Array.from(values ?? [], (value) => value ?? NaN))
}
