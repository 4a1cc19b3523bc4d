/** What a change between two runs is called; the page and the terminal use the same words. */
import type { Change } from '../across/changes.ts'
import type { Comparison, Verdict } from '../record/record.ts'
import { formatChange, formatChangeRange, formatMargin, percentDigits } from '../words/numbers.ts'

/** `+5.7 % (+4.4 to +6.6 %)`. */
export const ratioText = ({
  estimate,
  low,
  high,
}: Pick<Comparison['ratio'], 'estimate' | 'low' | 'high'>): string => {
  const digits = percentDigits(low, high)
  const change = formatChange(estimate, digits)
  return low === null || high === null ? change : `${change} (${formatChangeRange(low, high, digits)})`
}

/** What a change is called. */
export const changeWords = (change: Change): string => {
  switch (change.state) {
    case 'changed':
      return `changed, ${change.isBetter ? 'better' : 'worse'}`
    case 'same':
      return `same within ${formatMargin(change.margin)}`
    case 'not-decided':
      return 'not decided'
    case 'missing':
      return 'changed, missing'
    case 'not-compared':
      return 'not compared'
  }
}

/** The verdict whose looks a change has: its colour says whether it is for the better. */
export const verdictOf = ({ state, isBetter }: Exclude<Change, { reason: string }>): Verdict =>
  state === 'changed' ? (isBetter ? 'faster' : 'slower') : state === 'same' ? 'equivalent' : 'inconclusive'
