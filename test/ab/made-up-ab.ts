/** Made-up runs of `bench ab`: the made-up run with its paths as two versions of one. */
import type { Comparison, PathRecord, RunRecord, Verdict } from '../../src/record/record.ts'
import { sampleRecord } from '../report/sample-record.ts'

const names: Readonly<Record<string, string>> = { stack: 'base', redirect: 'head' }
const named = (name: string): string => names[name] ?? name

/** Head and base alike in every metric, within half a percent. */
export function abRecord(): RunRecord {
  const { paths, estimates, comparisons, ...rest } = sampleRecord()
  return {
    ...rest,
    scenario: 'redirect-vs-stack-ab',
    subject: {
      scenarioSha256: 'a'.repeat(64),
      git: { commit: '0123456789abcdef0123456789abcdef01234567', isDirty: true },
      versions: { base: 'main (fedcba987654)', head: 'the files as they are' },
    },
    paths: paths.map((path) => ({ ...path, name: named(path.name) })),
    estimates: estimates.map((one) => ({ ...one, path: named(one.path) })),
    comparisons: comparisons.map((one) => ({
      ...one,
      path: named(one.path),
      baseline: 'base',
      ratio: { ...one.ratio, estimate: 1, low: 0.995, high: 1.005 },
      margin: 0.01,
      adjustedPValue: 0.5,
      verdict: 'equivalent',
    })),
  }
}

/** The run with another interval of the head in a metric. */
export const withHead = (
  record: RunRecord,
  metric: string,
  [low, high]: readonly [number | null, number | null],
  verdict: Verdict = 'inconclusive',
  margin = 0.01,
): RunRecord => ({
  ...record,
  comparisons: record.comparisons.map((one): Comparison => {
    if (one.path !== 'head' || one.metric !== metric) return one
    const estimate = low === null || high === null ? 1 : (low + high) / 2
    return { ...one, ratio: { ...one.ratio, estimate, low, high }, verdict, margin }
  }),
})

/** The run in which a path has no figure of a metric. */
export const silent = (record: RunRecord, path: string, metric: string): RunRecord => ({
  ...record,
  estimates: record.estimates.filter((one) => one.path !== path || one.metric !== metric),
  comparisons: record.comparisons.filter(
    (one) => one.metric !== metric || (one.path !== path && one.baseline !== path),
  ),
})

/** The run in which a path was not measured. */
export const unmeasured = (
  record: RunRecord,
  name: string,
  status: PathRecord['status'],
  reason: string,
): RunRecord => ({
  ...record,
  paths: record.paths.map((path) => (path.name === name ? { ...path, status, reason } : path)),
  estimates: record.estimates.filter(({ path }) => path !== name),
  comparisons: record.comparisons.filter(({ path, baseline }) => path !== name && baseline !== name),
})
