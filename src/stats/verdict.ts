import type { Direction } from '../results/metrics.ts'
import type { Estimate, Verdict } from '../results/record.ts'
import { significance } from './significance.ts'

type Ends = Pick<Estimate, 'low' | 'high'>

interface Evidence extends Ends {
  /** Half-width of the band of equivalence: 0.01 is 1/1.01 to 1.01. */
  readonly margin: number
  readonly better: Direction
  /**
   * Whether the baseline was found equivalent to itself by the requested margin. A run that cannot tell
   * that cannot vouch for any equivalence.
   */
  readonly isControlEquivalent: boolean
  /** Null or absent where the comparison was not tested: the interval then decides alone. */
  readonly adjustedPValue?: number | null | undefined
}

/**
 * What an interval of path / baseline says, as criterion's noise threshold does: a difference counts
 * where the whole interval lies outside the band of equivalence, equivalence where it lies inside.
 */
export const verdictOf = ({
  low,
  high,
  margin,
  better,
  isControlEquivalent,
  adjustedPValue,
}: Evidence): Verdict => {
  if (low === null || high === null) return 'inconclusive'
  if (low >= 1 / (1 + margin) && high <= 1 + margin)
    return isControlEquivalent ? 'equivalent' : 'inconclusive'
  if (adjustedPValue !== undefined && adjustedPValue !== null && adjustedPValue >= significance)
    return 'inconclusive'
  if (low > 1 + margin) return better === 'higher' ? 'faster' : 'slower'
  if (high < 1 / (1 + margin)) return better === 'higher' ? 'slower' : 'faster'
  return 'inconclusive'
}

/**
 * The margin to take verdicts with: the requested one, or where the control (the baseline built a
 * second time) is not equivalent to the baseline by it, the noise floor: how far from 1 the control's
 * interval reaches. A control without an interval shows no noise, and changes nothing.
 */
export const marginFrom = (controls: readonly Ends[], requestedMargin: number): number => {
  const reaches = controls.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [Math.max(1 / low, high) - 1],
  )
  return Math.max(requestedMargin, ...reaches)
}
