/** How many entries a path's maps have room for, where it says otherwise than their objects. Pure. */
import { basename } from 'node:path'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Program } from '../scenario/schema.ts'
import type { Issue } from '../scenario/yaml-file.ts'

/** Of the programs of an object in a namespace, which share its maps. */
export const mapSizesOf = (programs: readonly Program[]): Readonly<Record<string, number>> =>
  Object.fromEntries(programs.flatMap(({ mapSizes }) => Object.entries(mapSizes ?? {})))

/** Sizes of a map that two programs give it, and that are not the same. */
export const checkMapSizes = ({ name: path, programs }: ScenarioPath): Issue[] =>
  programs.flatMap(({ object, namespace, mapSizes }, index) =>
    Object.entries(mapSizes ?? {}).flatMap(([map, size]) => {
      const before = programs
        .slice(0, index)
        .find(
          (one) => one.object === object && one.namespace === namespace && one.mapSizes?.[map] !== undefined,
        )?.mapSizes?.[map]
      if (before === undefined || before === size) return []
      return [
        {
          path: ['paths', path, 'programs', index, 'mapSizes', map],
          message: `map "${map}" of ${basename(object)} in ${namespace} cannot have room for ${size} entries, and for ${before}`,
        },
      ]
    }),
  )
