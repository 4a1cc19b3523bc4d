/** What of a record gets shown: measured paths, and comparisons in the order of the metrics. */
import { statistics } from '../../parts/metrics/metric.ts'
import { byMetric, metricNamed } from '../../record/metrics.ts'
import type { Comparison, PathRecord, RunRecord } from '../../record/record.ts'
import { isSound } from '../../record/soundness.ts'

type Role = PathRecord['role']

/** Paths whose figures count: an invalid path took another way than it says, one that lacks figures hides its worst. */
export const measuredPaths = (record: RunRecord, ...roles: readonly Role[]): PathRecord[] =>
  record.paths.filter((path) => (roles.length === 0 || roles.includes(path.role)) && isSound(record, path))

/** All comparisons of a path with one whose figures count, in the order of the metrics. */
export const comparisonsOf = (record: RunRecord, path: string): Comparison[] => {
  const sound = new Set(measuredPaths(record).map(({ name }) => name))
  return record.comparisons
    .filter((comparison) => comparison.path === path && sound.has(comparison.baseline))
    .toSorted(byMetric)
}

const tailStatistics = new Set<string>(
  statistics.flatMap(({ suffix, quantile }) => (quantile !== undefined && quantile > 0.5 ? [suffix] : [])),
)

/** Whether a metric is a percentile beyond the median. */
export const isTail = (metric: string): boolean => tailStatistics.has(metric.split('.')[1] ?? '')

/** The comparisons of a path that get a sentence. */
export const headlineComparisonsOf = (record: RunRecord, path: string): Comparison[] =>
  comparisonsOf(record, path).filter(({ metric }) => metricNamed(metric)?.headline)

/** All estimates of a path, in the order of the metrics. */
export const estimatesOf = (record: RunRecord, path: string): RunRecord['estimates'] =>
  record.estimates.filter((estimate) => estimate.path === path).toSorted(byMetric)
