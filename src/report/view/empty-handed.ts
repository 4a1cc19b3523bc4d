/** That a run decided nothing, which stands before all else. */
import { isConclusive } from '../../record/conclusion.ts'
import type { RunRecord } from '../../record/record.ts'
import { runHeadline } from './headline.ts'
import { candidateFindings } from './verdicts.ts'
import { yardstickName } from './yardstick.ts'

/** `Nothing was concluded: redirect is invalid.`; undefined where something was. */
export function emptyHanded(record: RunRecord): string | undefined {
  if (isConclusive(record)) return undefined
  return `${runHeadline(record, candidateFindings(record), yardstickName(record))}.`
}
