/** What a run by itself knows of a path's figures. */
import { controlFactorOf } from '../across/control.ts'
import { lackOf, lackWords, lackWordsIn, othersWith } from '../across/lack.ts'
import { logEstimateOf, ratioIntervalOf, roundsOf } from '../across/log-estimate.ts'
import { isUndelivered, untrustedReason } from '../across/untrusted.ts'
import { emulatedReason, isEmulated } from '../record/emulated.ts'
import type { Estimate, RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { studentT } from '../stats/student-t.ts'
import type { Evidence } from './figure.ts'

type Lacking = Extract<Evidence, { state: 'lacking' }>

const lacking = (reason: string, isBreach = false): Lacking => ({ state: 'lacking', reason, isBreach })

const tooFewBlocks = lacking('too few blocks for an interval')

/**
 * Why a run has no figure of a path, or of its yardstick: that fails where the path is invalid, and where others have
 * the figure.
 */
export function missingFigure(
  record: RunRecord,
  path: string,
  metric: string,
  isRatio: boolean,
): Lacking | undefined {
  const yardstick = isRatio ? record.paths.find(({ role }) => role === 'baseline')?.name : undefined
  return [path, ...(yardstick === undefined ? [] : [yardstick])]
    .map((name) => missing(record, name, metric))
    .find((one) => one !== undefined)
}

function missing(record: RunRecord, path: string, metric: string): Lacking | undefined {
  const lack = lackOf(record, path, metric)
  if (lack === undefined) return undefined
  const words = lack.kind === 'absent' ? lackWordsIn(record, path, lack) : lackWords(path, lack)
  if (lack.kind !== 'no-figure') return lacking(words, lack.kind === 'invalid')
  const others = othersWith(record, path, metric)
  return others.length > 0
    ? lacking(`${words}; there is one of ${others.join(', ')}`, true)
    : lacking(record.complete ? words : `${words}: the run is partial`)
}

/** A path's ratio to the baseline path of its run. */
export function ratioEvidence(record: RunRecord, path: string, metric: string): Evidence {
  const lack = missingFigure(record, path, metric, true)
  if (lack !== undefined) return lack
  const comparison = record.comparisons.find((one) => one.path === path && one.metric === metric)
  if (comparison === undefined) return lacking('the run has no usable pair of trials for it')
  const untrusted = untrustedReason(comparison)
  if (untrusted !== undefined) return lacking(untrusted, isUndelivered(comparison))
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
  const lack = missingFigure(record, path, metric, false)
  if (lack !== undefined) return lack
  const level = record.estimates.find((one) => one.path === path && one.metric === metric)
  if (isEmulated(record.environment)) return lacking(emulatedReason)
  if (level === undefined)
    return lacking(
      record.complete ? 'the run has no level of it' : 'the run is partial, and has no levels yet',
    )
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
