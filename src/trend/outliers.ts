/** Values far from those around them. */
import { SortedWindow } from './sorted-window.ts'
import { medianAndSpread } from './spread-about-median.ts'

/** Neighbours looked at on either side. */
const neighbours = 32

/** With fewer values, a median and a spread are too uncertain to call one of them far. */
const fewestValues = 12

/** Spreads from the median beyond which a value is an outlier: of normal values 1 in 1,700,000 is. */
const outlierSpreads = 5

/**
 * Indices of outliers, among values that share a level.
 *
 * Source: Davies, Gather 1993, "The identification of multiple outliers", JASA 88(423): the identifier by
 * median and median absolute deviation, here within a moving window.
 */
export function outlierIndices(values: readonly number[]): number[] {
  const around = new SortedWindow(2 * neighbours + 1)
  for (const value of values.slice(0, neighbours)) around.add(value)
  return values.flatMap((value, index) => {
    const leaving = values[index - neighbours - 1]
    if (leaving !== undefined) around.remove(leaving)
    const entering = values[index + neighbours]
    if (entering !== undefined) around.add(entering)
    const { rising } = around
    if (rising.length < fewestValues) return []
    const { median, spread } = medianAndSpread(rising)
    return spread > 0 && Math.abs(value - median) > outlierSpreads * spread ? [index] : []
  })
}
