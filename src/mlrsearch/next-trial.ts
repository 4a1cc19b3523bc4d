/** What to measure next: a pure function of what has been measured, so that a search can be told again. */
import { middleOf } from '../stats/middle.ts'
import type { SearchGoal } from '../record/search.ts'
import { type Bounds, boundsOf, isNarrow, type LoadRange } from './bounds.ts'
import { type LoadTrial, type Stage, stagesOf } from './goal.ts'

export interface NextTrial {
  readonly ratePps: number
  readonly durationS: number
}

/**
 * The trial that brings the search on: of the widest stage that a goal has not reached. All goals learn from all trials.
 *
 * @returns undefined once every goal has its bounds, or cannot have them within the range
 */
export function nextTrial(
  goals: readonly SearchGoal[],
  range: LoadRange,
  trials: readonly LoadTrial[],
): NextTrial | undefined {
  const all = goals.map(stagesOf)
  for (let stage = 0; stage < Math.max(...all.map(({ length }) => length)); stage += 1)
    for (const stages of all) {
      const target = stages[stage]
      if (target === undefined) continue
      const ratePps = nextRate(target, stages[stage - 1], range, trials)
      if (ratePps !== undefined) return { ratePps, durationS: target.trialS }
    }
  return undefined
}

/** The share of all stages that are reached. */
export function shareReached(
  goals: readonly SearchGoal[],
  range: LoadRange,
  trials: readonly LoadTrial[],
): number {
  const wants = goals.flatMap((goal) =>
    stagesOf(goal).map((stage, index, stages) => nextRate(stage, stages[index - 1], range, trials)),
  )
  return wants.filter((ratePps) => ratePps === undefined).length / wants.length
}

/** The load that a stage wants a trial at, or undefined where it has what it wants. */
function nextRate(
  stage: Stage,
  before: Stage | undefined,
  range: LoadRange,
  trials: readonly LoadTrial[],
): number | undefined {
  // What comes through of far too much is a first guess.
  if (trials.length === 0) return range.maxPps
  const bounds = boundsOf(stage, trials)
  const { lowerPps, upperPps } = bounds
  if (lowerPps !== undefined && upperPps !== undefined)
    return isNarrow(stage, lowerPps, upperPps) ? undefined : between(bounds, lowerPps, upperPps)
  const hint = before === undefined ? undefined : boundsOf(before, trials)
  if (upperPps === undefined) return above(stage, bounds, hint, range)
  return below(stage, bounds, upperPps, { hint, range, trials })
}

/** One that is begun, or the middle of both as a ratio. */
function between({ loads }: Bounds, lowerPps: number, upperPps: number): number | undefined {
  const begun = loads.find(([rate, what]) => what === 'undecided' && rate > lowerPps && rate < upperPps)
  const middle = Math.round(Math.sqrt(lowerPps * upperPps))
  return begun?.[0] ?? (middle > lowerPps && middle < upperPps ? middle : undefined)
}

/** No upper bound so far: what the stage before found, and then further up in growing steps. */
function above(
  stage: Stage,
  { lowerPps, loads }: Bounds,
  hint: Bounds | undefined,
  { minPps, maxPps }: LoadRange,
): number | undefined {
  if (lowerPps === undefined) return hint?.lowerPps ?? hint?.upperPps ?? loads[0]?.[0] ?? minPps
  if (lowerPps >= maxPps) return undefined
  const begun = loads.find(([rate, what]) => what === 'undecided' && rate > lowerPps)
  if (begun !== undefined) return begun[0]
  const lower = loads.filter(([rate, what]) => what === 'lower' && rate < lowerPps).at(-1)?.[0]
  return Math.min(maxPps, Math.ceil(lowerPps * stepOf(stage, lower, lowerPps)))
}

/** No lower bound so far: what the stage before found, what came through, and then further down in growing steps. */
function below(
  stage: Stage,
  { loads }: Bounds,
  upperPps: number,
  known: {
    readonly hint: Bounds | undefined
    readonly range: LoadRange
    readonly trials: readonly LoadTrial[]
  },
): number | undefined {
  const { hint, trials } = known
  const { minPps } = known.range
  if (upperPps <= minPps) return undefined
  if (hint?.lowerPps !== undefined && hint.lowerPps < upperPps) return hint.lowerPps
  const begun = loads.findLast(([rate, what]) => what === 'undecided' && rate < upperPps)
  if (begun !== undefined) return begun[0]
  const came = forwardedPps(trials, upperPps)
  if (came >= minPps && came < upperPps * (1 - stage.width)) return came
  const upper = loads.find(([rate, what]) => what === 'upper' && rate > upperPps)?.[0]
  return Math.max(minPps, Math.floor(upperPps / stepOf(stage, upperPps, upper)))
}

/** What came through at a load in the middle one of its trials, packets/s. */
function forwardedPps(trials: readonly LoadTrial[], ratePps: number): number {
  const losses = trials.filter((trial) => trial.ratePps === ratePps).map(({ lossRatio }) => lossRatio)
  return Math.floor(ratePps * (1 - (middleOf(losses) ?? 1)))
}

/** Steps further apart than this many widths were none of looking outwards. */
const mostWidths = 64

/** Twice the step before, as a ratio; one width where there was none. */
function stepOf({ width }: Stage, fromPps: number | undefined, toPps: number | undefined): number {
  const least = 1 / (1 - width)
  const before = fromPps === undefined || toPps === undefined ? 1 : toPps / fromPps
  return Math.log(before) > mostWidths * Math.log(least) ? least : Math.max(least, before ** 2)
}
