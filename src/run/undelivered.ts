/** Trials of a path that have no figure, as nothing of them was delivered. Pure. */
import { isTrialOf, type Metric } from '../record/metrics.ts'
import type { TrialRecord } from '../record/record.ts'
import { trialValue } from '../record/trial-value.ts'
import type { Measured } from './values.ts'

/**
 * How many of a path's trials have no figure of a metric where the baseline's trial in the same block has
 * one, in words; undefined where it is none.
 *
 * Such a trial is the worst there is, and takes no part in a ratio: without this the path would be judged by
 * its good trials alone.
 */
export function undelivered(
  { trials }: Pick<Measured, 'trials'>,
  path: string,
  baseline: string,
  metric: Metric,
): string | undefined {
  const trialsOf = (name: string) =>
    trials.filter((trial) => trial.path === name && isTrialOf(trial, metric) && !trial.warmup)
  const hasFigure = (trial: TrialRecord) => (trialValue(trial, metric) ?? 0) > 0
  const blockOf = ({ round, block }: TrialRecord) => `${round} ${block}`
  const measured = new Set(trialsOf(baseline).filter(hasFigure).map(blockOf))
  const own = trialsOf(path).filter((trial) => measured.has(blockOf(trial)))
  const missing = own.filter((trial) => !hasFigure(trial)).length
  return missing === 0 ? undefined : `${missing} of ${own.length} trials delivered nothing`
}
