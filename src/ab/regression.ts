/** Whether a run finds the newer version worse than the older, and whether a second agrees. Pure. */
import { untrustedReason } from '../across/untrusted.ts'
import { metricNamed } from '../record/metrics.ts'
import type { Comparison, RunRecord } from '../record/record.ts'
import { marginFrom } from '../stats/verdict.ts'
import { abPaths } from './ab-scenario.ts'

/** As much of a run as is judged. */
export type Judged = Pick<RunRecord, 'comparisons'> & {
  readonly settings: Pick<RunRecord['settings'], 'margin'>
}

/**
 * The headline metrics that are worth a second run: the whole interval lies beyond the margin.
 *
 * A verdict asks for more. It keeps away from 1 as far as the control's interval reaches, which counts the
 * noise that both have from the base twice; and it asks for a p-value by rounds, which one disturbed round of ten
 * spoils. What that guards against, the second run rules out better: in noise recorded while others used the machine
 * (test/benchmarks/ab-decisions.ts) a packet that took 3 % longer was found in 98 % of runs, not in 46 %, and
 * none was found where there was none. A control that does differ from the base still widens the margin.
 */
export const suspectsIn = (run: Judged): Comparison[] =>
  headlinesOf(run.comparisons).filter((one) => leastSlowness(one) > 1 + suspicionMargin(run, one.metric))

/** What a metric has to be slower by to be suspected: the margin, or more where the control does differ. */
export function suspicionMargin({ comparisons, settings }: Judged, metric: string): number {
  const controls = comparisons
    .filter((one) => one.path === abPaths.control && one.metric === metric)
    .map(({ ratio }) => ratio)
    .filter(({ low, high }) => low !== null && high !== null && (low > 1 || high < 1))
  return marginFrom(controls, settings.margin)
}

/**
 * Whether a second run's comparison agrees with a suspicion: slower, and by its estimate by more than the margin. One that
 * shows but once was the machine's doing.
 */
export const confirms = (again: Comparison, margin: number): boolean =>
  leastSlowness(again) > 1 && slownessOf(again, again.ratio.estimate) > 1 + margin

/** The newer version's comparisons that get judged. */
export const headlinesOf = (comparisons: readonly Comparison[]): Comparison[] =>
  comparisons.filter(({ path, metric }) => path === abPaths.head && metricNamed(metric)?.headline === true)

/** A ratio of a metric as slowness: more than 1 is worse. */
const slownessOf = ({ metric }: Comparison, ratio: number): number =>
  metricNamed(metric)?.better === 'higher' ? 1 / ratio : ratio

/** How slow the newer version is at least, by the interval; 0 where there is none, or it is not to be trusted. */
function leastSlowness(comparison: Comparison): number {
  if (untrustedReason(comparison) !== undefined) return 0
  const { low, high } = comparison.ratio
  if (low === null || high === null) return 0
  return Math.min(slownessOf(comparison, low), slownessOf(comparison, high))
}

/** How slow it may be at most; without end where there is no interval, or it is not to be trusted. */
export function mostSlowness(comparison: Comparison): number {
  if (untrustedReason(comparison) !== undefined) return Infinity
  const { low, high } = comparison.ratio
  if (low === null || high === null) return Infinity
  return Math.max(slownessOf(comparison, low), slownessOf(comparison, high))
}
