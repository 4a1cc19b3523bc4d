/** What is at a place that the user names, where a name may be something else, too. */
import { type Stats, statSync } from 'node:fs'
import { BenchError, systemCode } from './errors.ts'

/**
 * @param what is looked for: completes `Could not look for …`
 * @returns undefined where there is nothing, as of a name that no file can have
 * @throws BenchError `usage` where it cannot be said: a folder above may not be read, links go in a circle
 */
export function lookAtNamed(place: string, what: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false })
  } catch (error) {
    if (systemCode(error) === 'ENAMETOOLONG') return undefined
    throw new BenchError(`Could not look for ${what} ${place}: ${(error as Error).message}`, {
      trouble: 'usage',
      cause: error,
    })
  }
}
