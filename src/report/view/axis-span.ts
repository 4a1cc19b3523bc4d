/** How far an axis of changes goes to either side when one metric is far noisier than the others. */
import { median } from 'simple-statistics'

const mostMedians = 2.5

/**
 * The greatest of `farthest`, or 2.5 times their median where that is less: one wild tail shall not squeeze
 * all else into a point.
 *
 * @param farthest each metric's greatest distance from no change, at least one
 */
export const axisSpanOf = (farthest: readonly number[]): number =>
  Math.min(Math.max(...farthest), mostMedians * median([...farthest]))
