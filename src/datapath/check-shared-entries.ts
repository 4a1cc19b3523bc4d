/** Entries that several programs give a map that they share. Pure. */
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Issue } from '../scenario/yaml-file.ts'

/** Programs of one object in a namespace have its maps in common: of two values under one key, the kernel keeps one. */
export function conflictingEntries({
  name: path,
  programs,
}: Pick<ScenarioPath, 'name' | 'programs'>): Issue[] {
  const given = new Map<string, { readonly index: number; readonly value: string }>()
  return programs.flatMap(({ object, namespace, index, maps }) =>
    Object.entries(maps).flatMap(([map, entries]) =>
      entries.flatMap((entry, place): Issue[] => {
        if (entry.key === undefined) return []
        const key = JSON.stringify([object, namespace, map, entry.key])
        const value = JSON.stringify(entry.value)
        const before = given.get(key)
        if (before === undefined) given.set(key, { index, value })
        if (before === undefined || before.index === index || before.value === value) return []
        return [
          {
            path: ['paths', path, 'programs', index, 'maps', map, place],
            message: `programs[${before.index}] gives map "${map}" something else under this key, and programs of one object in ${namespace} share it`,
          },
        ]
      }),
    ),
  )
}
