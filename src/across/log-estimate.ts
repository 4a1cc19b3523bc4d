/** Ratios on the log scale, where dividing is taking away and an interval can be made wider. */
import type { Estimate, RunRecord } from '../record/record.ts'
import { defaultConfidence } from '../stats/bootstrap.ts'
import { studentT } from '../stats/student-t.ts'

/** How far an interval goes below and above its estimate. */
export interface HalfWidths {
  readonly below: number
  readonly above: number
}

/** A logarithm that is known to within an interval, for any confidence asked for. */
export interface LogEstimate {
  readonly log: number
  /** @param confidence above 0 and below 1 */
  readonly halfWidths: (confidence: number) => HalfWidths
}

/** A ratio with its interval. */
export interface RatioInterval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Rounds that a run's intervals rest on. A named baseline has no samples: its settings say. */
export const roundsOf = ({ rounds, settings }: RunRecord): number =>
  new Set(rounds.map(({ round }) => round)).size || settings.rounds

/**
 * A recorded ratio or level, above 0, on the log scale; null where the record has no interval.
 *
 * Other confidences than the recorded one follow from Student's t with one degree of freedom less than
 * rounds, the fewest that the interval can have been made with: tails get rather too wide than too near.
 */
export const logEstimateOf = (
  { estimate, low, high, n }: Pick<Estimate, 'estimate' | 'low' | 'high' | 'n'>,
  rounds: number,
): LogEstimate | null => {
  if (low === null || high === null || !(low > 0) || !(estimate > 0) || !Number.isFinite(high)) return null
  const freedom = Math.max(1, (rounds > 1 ? rounds : n) - 1)
  const recorded = { below: Math.log(estimate / low), above: Math.log(high / estimate) }
  return {
    log: Math.log(estimate),
    halfWidths: (confidence) => {
      if (confidence === defaultConfidence) return recorded
      const factor = studentT(confidence, freedom) / studentT(defaultConfidence, freedom)
      return { below: recorded.below * factor, above: recorded.above * factor }
    },
  }
}

/** An estimate with its interval, as a ratio again. */
export const ratioIntervalOf = (
  { log, halfWidths }: LogEstimate,
  confidence: number = defaultConfidence,
): RatioInterval => {
  const { below, above } = halfWidths(confidence)
  return { estimate: Math.exp(log), low: Math.exp(log - below), high: Math.exp(log + above) }
}
