/** In which order needs are tried. Pure. */
import type { Need } from './need.ts'

/**
 * What is to be tried, each need after those on which its trial builds.
 *
 * @param wanted names of those that are asked for, beside what every run needs
 */
export function trialOrder(needs: readonly Need[], wanted: readonly string[]): readonly Need[] {
  const withGround = (need: Need): Need[] => [...need.buildsOn.flatMap(withGround), need]
  const asked = needs.filter(({ name, isAlways }) => isAlways || wanted.includes(name))
  return [...new Set(asked.flatMap(withGround))]
}
