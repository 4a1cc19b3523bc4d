/** What is wrong with a scenario's matrix: settings that there are not, and values that mean nothing. Pure. */
import { orThere } from '../parts/not-there.ts'
import { asBenchError } from '../host/errors.ts'
import { parseAxisValues } from './changes/axis.ts'
import { builtInSettings } from './changes/set.ts'
import type { ScenarioFile } from './schema.ts'
import type { Issue } from './yaml-file.ts'

export function checkMatrix({ matrix, parameters }: ScenarioFile): Issue[] {
  const known = [...Object.keys(parameters), ...Object.keys(builtInSettings)]
  return Object.entries(matrix).flatMap(([name, values]) =>
    [known.includes(name) ? undefined : unknownSetting(name, known), wrongValues(name, values)].flatMap(
      (message) => (message === undefined ? [] : [{ path: ['matrix', name], message }]),
    ),
  )
}

const unknownSetting = (name: string, known: readonly string[]): string =>
  `no parameter or setting "${name}"${orThere(name, known)}`

function wrongValues(name: string, values: ScenarioFile['matrix'][string]): string | undefined {
  if (typeof values !== 'string') return undefined
  try {
    parseAxisValues(values, name)
    return undefined
  } catch (error) {
    return asBenchError(error).message.replace(/^Could not use [^:]*: /, '')
  }
}
