/** What all trials of a path say of a goal: the bounds that count, and whether they are close enough. Pure. */
import type { SearchGoal, SearchResult } from '../record/search.ts'
import type { LoadTrial, Stage } from './goal.ts'
import { classify, conditionalThroughputPps, type LoadClass } from './load.ts'

export interface Bounds {
  /** The highest load below the upper bound that is a lower bound, packets/s. */
  readonly lowerPps: number | undefined
  /** The lowest load that is an upper bound, packets/s. */
  readonly upperPps: number | undefined
  /** What each load is, rising. */
  readonly loads: readonly (readonly [ratePps: number, what: LoadClass])[]
}

/** Loads that are offered, packets/s. */
export interface LoadRange {
  readonly minPps: number
  readonly maxPps: number
}

export function boundsOf(goal: Stage, trials: readonly LoadTrial[]): Bounds {
  const loads = [...Map.groupBy(trials, ({ ratePps }) => ratePps)]
    .map(([ratePps, own]) => [ratePps, classify(goal, own)] as const)
    .toSorted(([a], [b]) => a - b)
  const upperPps = loads.find(([, what]) => what === 'upper')?.[0]
  const lowerPps = loads.findLast(
    ([ratePps, what]) => what === 'lower' && ratePps < (upperPps ?? Infinity),
  )?.[0]
  return { lowerPps, upperPps, loads }
}

/** How far apart two bounds are, as a share of the upper one. */
export const widthOf = (lowerPps: number, upperPps: number): number => 1 - lowerPps / upperPps

/** What a goal has come to. @param isOver whether the search went to its end */
export function resultOf(
  goal: SearchGoal,
  trials: readonly LoadTrial[],
  { minPps, maxPps }: LoadRange,
): Omit<SearchResult, 'path' | 'limits'> {
  const { lowerPps, upperPps } = boundsOf(goal, trials)
  const found = {
    goal: goal.name,
    ...(lowerPps === undefined
      ? {}
      : {
          lowerPps,
          throughputPps: conditionalThroughputPps(
            goal,
            lowerPps,
            trials.filter(({ ratePps }) => ratePps === lowerPps),
          ),
        }),
    ...(upperPps === undefined ? {} : { upperPps }),
  }
  if (lowerPps !== undefined && upperPps !== undefined)
    return isNarrow(goal, lowerPps, upperPps)
      ? { ...found, state: 'regular' }
      : { ...found, state: 'irregular', why: 'the search ended before the bounds were close enough' }
  return { ...found, state: 'irregular', why: whyOneSided(lowerPps, upperPps, { minPps, maxPps }) }
}

/** Loads are whole numbers of packets a second: bounds that follow each other cannot be closer. */
export const isNarrow = ({ width }: Stage, lowerPps: number, upperPps: number): boolean =>
  widthOf(lowerPps, upperPps) <= width + 1e-12 || upperPps - lowerPps <= 1

function whyOneSided(
  lowerPps: number | undefined,
  upperPps: number | undefined,
  { minPps, maxPps }: LoadRange,
): string {
  if (lowerPps === maxPps) return 'the highest rate that was asked for is taken: the path can take more'
  if (upperPps === minPps) return 'the lowest rate that was asked for is too much'
  return 'the search ended before both bounds were found'
}
