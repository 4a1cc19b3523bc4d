/** What a run's control, the baseline built a second time, shows. Pure. */
import { metricNamed } from './metrics.ts'
import type { Comparison, PathRecord } from './record.ts'

/** The control that was measured, if there is one. */
export const measuredControl = (paths: readonly PathRecord[]): PathRecord | undefined =>
  paths.find(({ role, status }) => role === 'control' && status === 'measured')

/** The headline metrics in which the control is not known to be the baseline's equal. */
export const unequalControl = (
  paths: readonly PathRecord[],
  comparisons: readonly Comparison[],
): Comparison[] => {
  const control = measuredControl(paths)
  return comparisons.filter(
    ({ path, metric, verdict }) =>
      path === control?.name && verdict !== 'equivalent' && metricNamed(metric)?.headline,
  )
}
