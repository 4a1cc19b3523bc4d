/** What became of a path, in one word. */
import type { PathRecord, RunRecord } from '../../record/record.ts'
import { isSound } from '../../record/soundness.ts'
import { type Outcome, outcomeOf } from '../../words/path-headline.ts'
import { headlineComparisonsOf } from './selection.ts'

/** What its decided metrics come to, or why it has none. */
export type Fate = Outcome | 'invalid' | 'skipped'

/** One that lacks figures is invalid, whatever its status: nothing of it counts. */
export const fateOf = (record: RunRecord, path: PathRecord): Fate => {
  if (path.status === 'skipped') return 'skipped'
  return isSound(record, path) ? outcomeOf(headlineComparisonsOf(record, path.name)) : 'invalid'
}

/** It in a word for readers. */
export const fateWord = (fate: Fate): string => (fate === 'inconclusive' ? 'undecided' : fate)
