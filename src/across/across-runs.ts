/** One figure of one path in two runs. */
import { emulatedReason, isEmulated } from '../record/emulated.ts'
import { metricNamed } from '../record/metrics.ts'
import type { RunRecord } from '../record/record.ts'
import { lackOf, lackWordsIn } from './lack.ts'
import { type LogEstimate, logEstimateOf, roundsOf } from './log-estimate.ts'
import { untrustedReason } from './untrusted.ts'
import { quotientOf } from './quotient.ts'

/** Second run / first run. */
export type AcrossRuns =
  | {
      readonly state: 'compared'
      readonly quotient: LogEstimate
      /** The two figures of which it is the quotient. */
      readonly first: LogEstimate
      readonly second: LogEstimate
    }
  | { readonly state: 'not-compared'; readonly reason: string }

const none = (reason: string): AcrossRuns => ({ state: 'not-compared', reason })

type Found = LogEstimate | string

/** The path's ratio to its own run's baseline path, or why there is none. */
const ratioIn = (record: RunRecord, path: string, metric: string): Found => {
  const lack = lackOf(record, path, metric)
  if (lack !== undefined) return lackWordsIn(record, path, lack)
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (comparison === undefined) return `run ${record.runId} has no ratio of it`
  const untrusted = untrustedReason(comparison)
  if (untrusted !== undefined) return `in run ${record.runId} ${untrusted}`
  return logEstimateOf(comparison.ratio, roundsOf(record)) ?? tooFew(record)
}

/** The path's own value, or why there is none. */
const levelIn = (record: RunRecord, path: string, metric: string): Found => {
  const lack = lackOf(record, path, metric)
  if (lack !== undefined) return lackWordsIn(record, path, lack)
  const level = record.estimates.find((one) => one.path === path && one.metric === metric)
  if (isEmulated(record.environment)) return `in run ${record.runId} ${emulatedReason}`
  if (level === undefined) return `run ${record.runId} has no figure of it`
  return logEstimateOf(level, roundsOf(record)) ?? tooFew(record)
}

const tooFew = ({ runId }: RunRecord): string => `run ${runId} has too few blocks for an interval`

/** The baseline path that a run's ratios are to. */
const yardstickOf = ({ paths }: RunRecord): string | undefined =>
  paths.find(({ role }) => role === 'baseline')?.name

const combined = (first: Found, second: Found, drift?: number): AcrossRuns => {
  if (typeof first === 'string') return none(first)
  if (typeof second === 'string') return none(second)
  return { state: 'compared', quotient: quotientOf(second, first, drift), first, second }
}

/**
 * How a path's ratio to its own run's baseline path has changed from one run to another. What makes a whole
 * machine faster or slower is in both paths of a ratio, and so not in this.
 */
export const ratioOfRatios = (
  first: RunRecord,
  second: RunRecord,
  path: string,
  metric: string,
): AcrossRuns => {
  const [one, other] = [yardstickOf(first), yardstickOf(second)]
  if (one !== other)
    return none(
      `run ${first.runId} has ratios to ${one ?? 'nothing'}, run ${second.runId} to ${other ?? 'nothing'}`,
    )
  return combined(ratioIn(first, path, metric), ratioIn(second, path, metric))
}

/** How a path's own value has changed: holds only as far as the machine is the same, and as fast as it was. */
export const ratioOfLevels = (
  first: RunRecord,
  second: RunRecord,
  path: string,
  metric: string,
): AcrossRuns => combined(levelIn(first, path, metric), levelIn(second, path, metric))

/** Whether more is better. */
export const isHigherBetter = (metric: string): boolean => metricNamed(metric)?.better === 'higher'
