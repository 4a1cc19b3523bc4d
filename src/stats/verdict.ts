import type { Direction, Estimate, Verdict } from './estimate.ts'
import { significance } from './significance.ts'

type Ends = Pick<Estimate, 'low' | 'high'>

interface Evidence extends Ends {
  /** Half-width of the band of equivalence: 0.01 is 1/1.01 to 1.01. */
  readonly margin: number
  readonly better: Direction
  /** Null or absent where the comparison is not in the family: the interval then decides alone. */
  readonly adjustedPValue?: number | null | undefined
}

/**
 * What an interval of path / baseline says, as criterion's noise threshold does: a difference counts
 * where the whole interval lies outside the band of equivalence, equivalence where it lies inside.
 */
export const verdictOf = ({ low, high, margin, better, adjustedPValue }: Evidence): Verdict => {
  if (low === null || high === null) return 'inconclusive'
  if (low >= 1 / (1 + margin) && high <= 1 + margin) return 'equivalent'
  if (adjustedPValue !== undefined && adjustedPValue !== null && adjustedPValue >= significance)
    return 'inconclusive'
  if (low > 1 + margin) return better === 'higher' ? 'faster' : 'slower'
  if (high < 1 / (1 + margin)) return better === 'higher' ? 'slower' : 'faster'
  return 'inconclusive'
}

type Control = Pick<Estimate, 'low' | 'high'>

/**
 * The margin to take verdicts with: the requested one, or where the control (the baseline built a second
 * time) does differ from the baseline, as far as its interval reaches: what building a path again can do
 * is no difference between paths.
 *
 * A control that is merely uncertain changes nothing. Its noise is the baseline's and the path's own, which
 * the path's interval has in it already.
 */
export const marginFrom = (controls: readonly Control[], requestedMargin: number): number =>
  Math.max(
    requestedMargin,
    ...controls.flatMap((control) => (isDifferent(control) ? [farthestFromOne(control)] : [])),
  )

/**
 * Whether there is a control, and each is the baseline's equal by this margin. A run that cannot tell a path
 * from itself cannot vouch for any equivalence.
 */
export const isControlEquivalent = (controls: readonly Control[], requestedMargin: number): boolean =>
  controls.length > 0 && controls.every((control) => farthestFromOne(control) <= requestedMargin)

const isDifferent = ({ low, high }: Control): boolean =>
  low !== null && high !== null && (low > 1 || high < 1)

/** How far from 1 an interval goes: 0.02 is 1/1.02 or 1.02. */
export const farthestFromOne = ({ low, high }: Control): number =>
  low === null || high === null ? Infinity : Math.max(1 / low, high) - 1
