/** Whether the newer version is worse than the older. Pure. */
import { metricNamed } from '../results/metrics.ts'
import type { Comparison, RunRecord } from '../results/record.ts'
import { abPaths } from './ab-scenario.ts'

/** The headline metrics in which a run finds the newer version slower, by more than the margin. */
export const regressionsIn = ({ comparisons }: Pick<RunRecord, 'comparisons'>): Comparison[] =>
  comparisons.filter(
    ({ path, metric, verdict }) =>
      path === abPaths.head && verdict === 'slower' && metricNamed(metric)?.headline === true,
  )

/** Those of the first run that the second finds too: one that shows but once was the machine's doing. */
export function confirmedRegressions(
  first: readonly Comparison[],
  second: readonly Comparison[],
): Comparison[] {
  const again = new Set(second.map(({ metric }) => metric))
  return first.filter(({ metric }) => again.has(metric))
}
