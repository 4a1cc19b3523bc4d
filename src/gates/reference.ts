/** What a run's `regression` gates are judged against. */
import { requireSameEnvironment, requireSameLoad, requireSameScenario } from '../across/require-comparable.ts'
import type { RunRecord } from '../record/record.ts'
import type { Reference } from './regression-figures.ts'

/** A run whose baseline path is the other version of the programs: `bench ab` made it. */
export const comparesVersions = ({ subject }: Pick<RunRecord, 'subject'>): boolean =>
  subject?.versions !== undefined

/**
 * The other run, or in a run that compares two versions its baseline path; undefined if there is neither.
 *
 * @param baseline another run
 * @param isAbsolute whether absolute figures are to be compared
 * @throws BenchError `usage` where the two runs cannot be compared, naming what differs
 */
export function referenceFor(
  record: RunRecord,
  baseline: RunRecord | undefined,
  isAbsolute: boolean,
): Reference | undefined {
  if (baseline === undefined) return comparesVersions(record) ? { kind: 'baseline-path' } : undefined
  requireSameScenario(baseline, record)
  requireSameLoad(baseline, record)
  if (isAbsolute) requireSameEnvironment(baseline, record)
  return { kind: 'run', record: baseline, isAbsolute }
}
