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

interface Figure {
  readonly path: string
  readonly metric: string
}

const kept = new WeakMap<readonly Figure[], ReadonlyMap<string, ReadonlySet<string>>>()

/** The metrics of each path in a list that nobody changes. Kept, as every table of a page asks for every path. */
const metricsByPath = (figures: readonly Figure[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = kept.get(figures)
  if (known) return known
  const found = new Map<string, Set<string>>()
  for (const { path, metric } of figures) found.set(path, (found.get(path) ?? new Set<string>()).add(metric))
  kept.set(figures, found)
  return found
}

/** Headline metrics of which another path has an estimate and this has none, or which the baseline has and no ratio was had. */
const missingMetrics = ({ paths, estimates, comparisons }: RunRecord, path: PathRecord): string[] => {
  const estimated = metricsByPath(estimates)
  const measured = paths.filter(({ status }) => status === 'measured')
  const baseline = paths.find(({ role }) => role === 'baseline')
  const has = (name: string | undefined, metric: string): boolean =>
    name !== undefined && estimated.get(name)?.has(metric) === true
  return metricsAmong(estimates.map(({ metric }) => metric))
    .filter(({ headline }) => headline)
    .map(({ name }) => name)
    .filter((metric) => {
      if (!has(path.name, metric)) return measured.some(({ name }) => has(name, metric))
      const isCompared = metricsByPath(comparisons).get(path.name)?.has(metric)
      return path.role !== 'baseline' && has(baseline?.name, metric) && !isCompared
    })
}
