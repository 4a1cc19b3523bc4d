/** What of a record gets shown: measured paths, and comparisons in the order of the metrics. */
import { metrics } from '../../results/metrics.ts'
import type { Comparison, PathRecord, RunRecord } from '../../results/record.ts'

type Role = PathRecord['role']

const metricOrder = new Map(metrics.map(({ name }, index) => [name, index]))

const headlineMetrics = new Set(metrics.filter(({ headline }) => headline).map(({ name }) => name))

const byMetric = (one: { metric: string }, other: { metric: string }): number =>
  (metricOrder.get(one.metric) ?? metrics.length) - (metricOrder.get(other.metric) ?? metrics.length)

/** Paths whose figures count: an invalid path took another way than it says. */
export const measuredPaths = (record: RunRecord, ...roles: readonly Role[]): PathRecord[] =>
  record.paths.filter(
    ({ status, role }) => status === 'measured' && (roles.length === 0 || roles.includes(role)),
  )

/** All comparisons of a path, in the order of the metrics. */
export const comparisonsOf = (record: RunRecord, path: string): Comparison[] =>
  record.comparisons.filter((comparison) => comparison.path === path).toSorted(byMetric)

/** The comparisons of a path that get a sentence. */
export const headlineComparisonsOf = (record: RunRecord, path: string): Comparison[] =>
  comparisonsOf(record, path).filter(({ metric }) => headlineMetrics.has(metric))

/** All estimates of a path, in the order of the metrics. */
export const estimatesOf = (record: RunRecord, path: string): RunRecord['estimates'] =>
  record.estimates.filter((estimate) => estimate.path === path).toSorted(byMetric)
