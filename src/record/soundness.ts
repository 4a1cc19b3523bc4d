/** Whether a path's figures can be used at all. A figure that is missing is a failure, and not a gap. */
import { deliveryOf } from './delivery.ts'
import { metricsAmong } from './metrics.ts'
import type { Delivery, PathRecord, RunRecord } from './record.ts'

export type Soundness =
  | { readonly state: 'sound' }
  | { readonly state: 'invalid' | 'skipped'; readonly reason: string | undefined }
  /** It counts as measured, and yet it delivered nothing of a load, or has not all that other paths have. */
  | {
      readonly state: 'lacking'
      readonly undelivered: readonly Delivery[]
      /** Headline metrics. */
      readonly metrics: readonly string[]
    }

/** What became of a path, whatever status an older or a partial record gives it. */
export const soundnessOf = (record: RunRecord, path: PathRecord): Soundness => {
  if (path.status !== 'measured') return { state: path.status, reason: path.reason }
  const undelivered = deliveryOf(record, path).filter(({ sent, received }) => sent > 0 && received === 0)
  const missing = missingMetrics(record, path)
  return undelivered.length === 0 && missing.length === 0
    ? { state: 'sound' }
    : { state: 'lacking', undelivered, metrics: missing }
}

export const isSound = (record: RunRecord, path: PathRecord): boolean =>
  soundnessOf(record, path).state === 'sound'

/** Headline metrics of which another path has an estimate and this has none, or which the baseline has and no ratio was had. */
const missingMetrics = ({ paths, estimates, comparisons }: RunRecord, path: PathRecord): string[] => {
  const measured = new Set(paths.filter(({ status }) => status === 'measured').map(({ name }) => name))
  const baseline = paths.find(({ role }) => role === 'baseline')?.name
  const isEstimated = (metric: string, name: string | undefined): boolean =>
    estimates.some((one) => one.path === name && one.metric === metric)
  const isCompared = (metric: string): boolean =>
    comparisons.some((one) => one.path === path.name && one.metric === metric)
  return metricsAmong(estimates.map(({ metric }) => metric))
    .filter(({ headline }) => headline)
    .map(({ name }) => name)
    .filter((metric) => {
      if (!isEstimated(metric, path.name))
        return estimates.some((one) => one.metric === metric && measured.has(one.path))
      return path.role !== 'baseline' && isEstimated(metric, baseline) && !isCompared(metric)
    })
}
