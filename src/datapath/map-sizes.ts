/** How many entries a path's maps have room for, where it says otherwise than their objects, and how many are nobody's. Pure. */
import { basename } from 'node:path'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { Issue } from '../scenario/yaml-file.ts'

/** Of the programs of an object in a namespace, which share its maps. */
export const mapSizesOf = (programs: readonly Program[]): Readonly<Record<string, number>> =>
  Object.fromEntries(programs.flatMap(({ mapSizes }) => Object.entries(mapSizes ?? {})))

/** How many further entries its maps have that nobody looks up: as `mapSizesOf`. */
export const backgroundOf = (programs: readonly Program[]): Readonly<Record<string, number>> =>
  Object.fromEntries(programs.flatMap(({ background }) => Object.entries(background ?? {})))

/** What is said of a map by number, and may be by several programs: how two of them do not agree. */
const counts = {
  mapSizes: (one: number, other: number) => `have room for ${one} entries, and for ${other}`,
  background: (one: number, other: number) => `have ${one} further entries, and ${other}`,
} as const
const countNames = ['mapSizes', 'background'] as const

/** Sizes and backgrounds of a map that two programs give it, and that are not the same. */
export const checkMapSizes = (path: ScenarioPath): Issue[] =>
  countNames.flatMap((key) => disagreements(path, key))

function disagreements({ name: path, programs }: ScenarioPath, key: keyof typeof counts): Issue[] {
  return programs.flatMap(({ object, namespace, index, [key]: own }, place) =>
    Object.entries(own ?? {}).flatMap(([map, count]) => {
      const before = programs
        .slice(0, place)
        .find(
          (one) => one.object === object && one.namespace === namespace && one[key]?.[map] !== undefined,
        )?.[key]?.[map]
      if (before === undefined || before === count) return []
      return [
        {
          path: ['paths', path, 'programs', index, key, map],
          message: `map "${map}" of ${basename(object)} in ${namespace} cannot ${counts[key](count, before)}`,
        },
      ]
    }),
  )
}
