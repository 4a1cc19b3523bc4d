/** What a change between two runs is called; the page and the terminal use the same words. */
import type { Change } from '../across/changes.ts'
import type { Verdict } from '../record/record.ts'
import { formatMargin } from '../words/numbers.ts'

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
