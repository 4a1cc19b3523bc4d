/** A verdict in one character, where there is no room for its word. */
import type { Verdict } from '../record/record.ts'

export const verdictMarks = {
  faster: '▲',
  slower: '▼',
  equivalent: '≈',
  inconclusive: '?',
} as const satisfies Record<Verdict, string>

/** What they mean, to stand beside them. */
export const verdictMarksMeaning = `${verdictMarks.faster} better, ${verdictMarks.slower} worse, ${verdictMarks.equivalent} equivalent, ${verdictMarks.inconclusive} undecided`
