/** Whether there is anything to measure once some paths are left out. Pure. */
import type { ScenarioPath } from './scenario.ts'

type Paths = readonly Pick<ScenarioPath, 'role'>[]

/** Whether what is left of all paths is worth measuring. */
export type IsWorthwhile = (all: Paths, remaining: Paths) => boolean

/** A path by itself is compared with its control. */
export const hasSomethingToCompare: IsWorthwhile = (all, remaining) => {
  const wanted = all.some(({ role }) => role === 'candidate') ? 'candidate' : 'control'
  return ['baseline', wanted].every((role) => remaining.some((path) => path.role === role))
}
