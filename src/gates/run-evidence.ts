/** What a run by itself knows of a path's figures. */
import { controlFactorOf } from '../across/control.ts'
import { logEstimateOf, ratioIntervalOf, roundsOf } from '../across/log-estimate.ts'
import type { Estimate, PathRecord, RunRecord } from '../results/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { studentT } from '../stats/student-t.ts'
import type { Evidence } from './figure.ts'

const lacking = (reason: string, isBreach = false): Evidence => ({ state: 'lacking', reason, isBreach })

const tooFewBlocks = lacking('too few blocks for an interval')

const statusReason = (path: PathRecord): Evidence | undefined => {
  if (path.status === 'measured') return undefined
  const why = path.reason ?? 'no reason was recorded'
  return path.status === 'skipped'
    ? lacking(`${path.name} was skipped: ${why}`)
    : lacking(`${path.name} is invalid: ${why}`, true)
}

/** Why a path has no figures in a run: it was skipped, or is invalid, or its yardstick is. */
export function missingPath(record: RunRecord, name: string, isRatio: boolean): Evidence | undefined {
  const path = record.paths.find((one) => one.name === name)
  if (path === undefined) return lacking(`run ${record.runId} has no path ${name}`)
  const yardstick = isRatio ? record.paths.find(({ role }) => role === 'baseline') : undefined
  return statusReason(path) ?? (yardstick === undefined ? undefined : statusReason(yardstick))
}

/** A path's ratio to the baseline path of its run. */
export function ratioEvidence(record: RunRecord, path: string, metric: string): Evidence {
  const missing = missingPath(record, path, true)
  if (missing !== undefined) return missing
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (comparison === undefined) return lacking('the run has no usable pair of trials for it')
  const known = logEstimateOf(comparison.ratio, roundsOf(record))
  if (known === null) return tooFewBlocks
  return {
    state: 'measured',
    interval: (confidence) => ratioIntervalOf(known, confidence),
    controlFactor: isControl(record, path) ? 1 : controlFactorOf(record, metric),
    ownShare: 1,
  }
}

const isControl = ({ paths }: RunRecord, path: string): boolean =>
  paths.some(({ name, role }) => name === path && role === 'control')

/** A path's own value. */
export function levelEvidence(record: RunRecord, path: string, metric: string): Evidence {
  const missing = missingPath(record, path, false)
  if (missing !== undefined) return missing
  const level = record.estimates.find((one) => one.path === path && one.metric === metric)
  if (level === undefined) return lacking('the run has no figure of it')
  if (level.low === null || level.high === null) return tooFewBlocks
  const known = logEstimateOf(level, roundsOf(record))
  return {
    state: 'measured',
    interval:
      known === null ? linear(level, roundsOf(record)) : (confidence) => ratioIntervalOf(known, confidence),
    controlFactor: 1,
    ownShare: 1,
  }
}

/** A loss may be 0, which has no logarithm. */
const linear = ({ estimate, low, high }: Estimate, rounds: number) => {
  const freedom = Math.max(1, rounds - 1)
  return (confidence: number) => {
    const factor = studentT(confidence, freedom) / studentT(defaultConfidence, freedom)
    return {
      estimate,
      low: estimate - (estimate - (low ?? estimate)) * factor,
      high: estimate + ((high ?? estimate) - estimate) * factor,
    }
  }
}
