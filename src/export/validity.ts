/**
 * Whether each path's figures count, for formats of numbers: there a path without figures would be a series
 * without a point, which no reader of them takes for a failure.
 */
import { deliveryClause } from '../words/delivery-words.ts'
import { soundnessWords } from '../words/soundness-words.ts'
import type { PathRecord, RunRecord } from '../record/record.ts'
import { isSound } from '../record/soundness.ts'
import { isWantedRole, type Selection } from './figures.ts'

export interface Validity {
  readonly path: string
  readonly role: PathRecord['role']
  readonly isValid: boolean
  /** Why it is not valid, or what it lost; undefined where all is well. No full stop. */
  readonly words: string | undefined
}

/** Of every wanted path. One that was skipped is neither: this machine cannot do it. */
export const validitiesOf = (record: RunRecord, selection: Selection): Validity[] =>
  record.paths
    .filter((path) => path.status !== 'skipped' && isWantedRole(path, selection))
    .map((path) => {
      const { name, role } = path
      const words = soundnessWords(record, path) ?? deliveryClause(record, path)
      return {
        path: name,
        role,
        isValid: isSound(record, path),
        words: words === undefined ? undefined : `${name} ${words}`,
      }
    })

/** What stands beside the figures, or nothing where the run has neither figures nor a path that failed. */
export const validitiesBeside = (
  figures: readonly unknown[],
  record: RunRecord,
  selection: Selection,
): Validity[] => {
  const validities = validitiesOf(record, selection)
  return figures.length === 0 && validities.every(({ isValid }) => isValid) ? [] : validities
}
