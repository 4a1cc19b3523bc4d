/** What the control, the baseline path built a second time, says about a run. */
import { metricWords } from '../record/metric-words.ts'
import type { RunRecord } from '../record/record.ts'
import { headlineMetricsOf } from './headline.ts'
import { hasFigure } from './lack.ts'

const controlsOf = ({ paths }: Pick<RunRecord, 'paths'>) => paths.filter(({ role }) => role === 'control')

/** How far from 1, as a factor, the control's interval stays: 1 where it reaches 1, or there is none. */
export const controlFactorOf = (record: RunRecord, metric: string): number => {
  const controls = new Set(controlsOf(record).map(({ name }) => name))
  const factors = record.comparisons
    .filter((one) => controls.has(one.path) && one.metric === metric)
    .flatMap(({ ratio: { low, high } }) => (low === null || high === null ? [] : [low, 1 / high]))
  return Math.max(1, ...factors)
}

const notKnown = 'the noise of this run is not known'

/**
 * Why the noise of a run is not known, one line each: without a control, nothing tells a small difference from the
 * machine's doing, and no margin is widened.
 */
export function controlCaveats(record: RunRecord): string[] {
  const { runId } = record
  const controls = controlsOf(record)
  if (controls.length === 0) return [`run ${runId} has no control: ${notKnown}`]
  return controls.flatMap(({ name, status, reason }) => {
    if (status !== 'measured')
      return [
        `the control of run ${runId} ${status === 'skipped' ? 'was skipped' : 'is invalid'}: ${notKnown}${reason === undefined ? '' : ` (${reason})`}`,
      ]
    const silent = headlineMetricsOf(record)
      .filter(({ name: metric }) => isMeasuredWithout(record, name, metric))
      .map(({ name: metric }) => metricWords(metric).noun)
    return silent.length === 0
      ? []
      : [`the control of run ${runId} has no interval in ${silent.join(', ')}: ${notKnown} there`]
  })
}

/** Whether a run has a metric, and the control no interval in it. */
const isMeasuredWithout = (record: RunRecord, control: string, metric: string): boolean =>
  record.paths.some(({ name }) => hasFigure(record, name, metric)) &&
  !record.comparisons.some(
    (one) =>
      one.path === control && one.metric === metric && one.ratio.low !== null && one.ratio.high !== null,
  )
