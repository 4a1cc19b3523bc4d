import { studentT } from '../stats/student-t.ts'
import { varianceInflation } from './dependence.ts'
import { centred } from './split.ts'

/** The level of values that share one. */
export interface Level {
  readonly mean: number
  /** Half-width of its 95 % interval; null where there is one value. */
  readonly halfWidth: number | null
}

const confidence = 0.95

/**
 * The mean of values and its interval, by their sample variance and Student's t; wider where neighbours
 * are alike.
 *
 * @param values one or more
 */
export function levelOf(values: readonly number[]): Level {
  const { length } = values
  const mean = values.reduce((sum, value) => sum + value, 0) / length
  if (length === 1) return { mean, halfWidth: null }
  const window = centred(Float64Array.from(values))
  const variance = (window.sumOfSquares / (length - 1)) * varianceInflation(window, { at: length })
  return { mean, halfWidth: studentT(confidence, length - 1) * Math.sqrt(variance / length) }
}
