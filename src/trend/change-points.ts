/**
 * Where a sequence of values changes its level for good.
 *
 * The sequence is gone through as it came about: after every value the latest ones since the last change are
 * looked at, and a change found then stays. So the answer to a whole history is the same as that of one
 * who looked after every run, and both are wrong equally often: at a level of L, in a history without
 * changes, a look finds one with a probability of L at most, and n looks together n·L on average. That is
 * E-divisive's search, one change at a time and each tested, in an order that costs O(n·window).
 */
import type { ChangePoint } from './change-point.ts'
import { RecentValues } from './recent-values.ts'
import { confirmChanges } from './confirm-changes.ts'
import { bestSplit, centred } from './split.ts'
import { fewestValuesFor, splitSignificance } from './split-significance.ts'

/** Values looked back on. More would find smaller steps; a test takes as long as it has values. */
export const windowLength = 128

/**
 * The changes of level, in order, as all values show them.
 *
 * @param values finite
 * @param level false changes to expect for each value
 */
export function changePoints(values: readonly number[], level: number): ChangePoint[] {
  return confirmChanges(values, changesAsFound(values, level), windowLength)
}

/** The changes that a look after each value finds, where each look places them. */
export function changesAsFound(values: readonly number[], level: number): ChangePoint[] {
  const found: ChangePoint[] = []
  const fewestValues = fewestValuesFor(level)
  const recent = new RecentValues(windowLength)
  for (const [index, value] of values.entries()) {
    recent.add(value)
    if (recent.length < fewestValues) continue
    const window = centred(recent.winsorised())
    const split = bestSplit(window)
    const pValue = splitSignificance(window, split, level, index)
    if (pValue === undefined) continue
    found.push({ at: index + 1 - recent.length + split.at, foundAt: index, pValue })
    recent.forget(split.at)
  }
  return found
}
