/** What is searched for: the highest load at which trials lose no more than this, often enough (RFC 9971). */
import type { SearchGoal } from '../record/search.ts'

/** A trial, as the search sees it. */
export interface LoadTrial {
  /** What was to be offered, packets/s. */
  readonly ratePps: number
  readonly durationS: number
  /** Of what was to be offered; what was not offered in time counts as lost. */
  readonly lossRatio: number
}

/**
 * The goals by name, as FD.io CSIT has them: no loss (NDR), and half a percent (PDR), in more than half of 21 trials of
 * a second, to within 0.5 %.
 *
 * Source: FD.io CSIT, methodology, MLR Search.
 */
export const knownGoals = {
  ndr: { lossRatio: 0, trialS: 1, durationSumS: 21, exceedRatio: 0.5, width: 0.005 },
  pdr: { lossRatio: 0.005, trialS: 1, durationSumS: 21, exceedRatio: 0.5, width: 0.005 },
} as const satisfies Readonly<Record<string, Omit<SearchGoal, 'name'>>>

/** A goal and those that lead to it. */
export type Stage = Pick<SearchGoal, 'lossRatio' | 'trialS' | 'durationSumS' | 'exceedRatio' | 'width'>

/** So much wider is the target of each stage before the last. */
const widening = 4
/** Stages before the goal itself. */
const stagesBefore = 2

/** What is sought first is wide and takes a trial or few; what it finds tells the next where to look. */
export const stagesOf = (goal: SearchGoal): Stage[] =>
  Array.from({ length: stagesBefore + 1 }, (_, index) => {
    const left = stagesBefore - index
    return {
      ...goal,
      width: Math.min(goal.width * widening ** left, 0.5),
      durationSumS: goal.trialS * (goal.durationSumS / goal.trialS) ** (index / stagesBefore),
    }
  })
