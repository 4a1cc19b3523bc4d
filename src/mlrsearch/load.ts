/** What the trials at one load say of a goal (RFC 9971, appendices A and B). Pure. */
import type { LoadTrial, Stage } from './goal.ts'

/** A lower bound of the goal's result, an upper one, or neither so far. */
export type LoadClass = 'lower' | 'upper' | 'undecided'

/** Sums of durations are not exact. */
const roundingS = 1e-9

const sumOf = (trials: readonly LoadTrial[]): number =>
  trials.reduce((sum, { durationS }) => sum + durationS, 0)

/** Those that are as long as the goal asks for. */
const isFullLength = ({ durationS }: LoadTrial, { trialS }: Stage): boolean => durationS >= trialS - roundingS

/**
 * What a load is: a lower bound if it would be one even though all that is missing of the duration sum were bad, an
 * upper one if it would be one even though that were good. Short trials count where they are bad, less what good short
 * ones make up for.
 */
export function classify(goal: Stage, trials: readonly LoadTrial[]): LoadClass {
  const { durationSumS, exceedRatio } = goal
  const isGood = ({ lossRatio }: LoadTrial) => lossRatio <= goal.lossRatio
  const full = trials.filter((trial) => isFullLength(trial, goal))
  const short = trials.filter((trial) => !isFullLength(trial, goal))
  const goodS = sumOf(full.filter(isGood))
  const shortGoodS = sumOf(short.filter(isGood))
  const shortBadS = sumOf(short) - shortGoodS
  const badS = sumOf(full) - goodS + Math.max(0, shortBadS - (shortGoodS * exceedRatio) / (1 - exceedRatio))
  const wholeS = Math.max(goodS + badS, durationSumS)
  const mostS = wholeS * exceedRatio + roundingS
  if (wholeS - goodS <= mostS) return 'lower'
  return badS > mostS ? 'upper' : 'undecided'
}

/** Packets/s that came through at a lower bound in all but the share of trials that may exceed the goal. */
export function conditionalThroughputPps(goal: Stage, ratePps: number, trials: readonly LoadTrial[]): number {
  const full = trials
    .filter((trial) => isFullLength(trial, goal))
    .toSorted((a, b) => a.lossRatio - b.lossRatio)
  let leftS = Math.max(goal.durationSumS, sumOf(full)) * (1 - goal.exceedRatio)
  let lossRatio: number | undefined
  for (const trial of full) {
    if (lossRatio !== undefined && leftS <= roundingS) break
    lossRatio = trial.lossRatio
    leftS -= trial.durationS
  }
  return leftS > roundingS ? 0 : ratePps * (1 - (lossRatio ?? 1))
}
