/** Global variables that two programs of one object set: it is loaded once in a namespace, and has each once. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { ScenarioPath } from '../scenario/scenario.ts'
import type { Values } from '../scenario/schema.ts'
import type { Issue } from '../scenario/yaml-file.ts'
import { instancesOf, isOf } from './instances.ts'

/** Every variable that a program gives another value than one before it in the same object and namespace. */
export function checkSharedVariables({ name: path, programs }: ScenarioPath): Issue[] {
  return instancesOf(programs).flatMap((instance) => {
    const first = new Map<string, { readonly value: Values; readonly program: string }>()
    return programs
      .filter((program) => isOf(instance, program))
      .flatMap(({ constants = {}, program, index }) =>
        Object.entries(constants).flatMap(([name, value]): Issue[] => {
          const before = first.get(name)
          if (before === undefined) first.set(name, { value, program })
          if (before === undefined || isDeepStrictEqual(before.value, value)) return []
          return [
            {
              path: ['paths', path, 'programs', index, 'constants', name],
              message: `${before.program} sets "${name}" to another value: programs of one object share its variables in a namespace`,
            },
          ]
        }),
      )
  })
}
